package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ActionDocument;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.KeyValues;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.WhirlClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something on the server, as it is at the moment.
///
/// @param ends of a rule; null for one that has lost an end, and for all else
record Present(
        KeyValues annotations, String version, @Nullable Ends ends) {
    /// What a rule connects.
    record Ends(QualifiedName trigger, QualifiedName action) {
        private static @Nullable Ends of(EntityDocument document) {
            return document.trigger()
                    .flatMap(trigger -> document.action().map(action -> new Ends(trigger, action)))
                    .orElse(null);
        }
    }

    static Present of(EntityDocument document) {
        return new Present(document.annotations(), document.version(), Ends.of(document));
    }

    private static Present of(ActionDocument document) {
        return new Present(document.annotations(), document.version(), null);
    }

    /// Empty if it is not there.
    static Optional<Present> look(Session session, EntityKey key) {
        try {
            return Optional.of(session.call("Unable to look at " + key, client -> read(client, key)));
        } catch (CliException e) {
            boolean isNotThere = Undeployer.isNotThere(e);
            boolean isPackage = key.asPlace().kind() == EntityKey.Kind.PACKAGE;
            if (isPackage && (isNotThere || e.exitCode() == ExitCodes.ofStatus(403))) {
                return new Managed(session, key.name().namespace())
                        .packageRow(key.name().name())
                        .map(Present::of);
            }
            if (isNotThere) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Present read(WhirlClient client, EntityKey key) {
        QualifiedName name = key.name();
        return switch (key.kind()) {
            case PACKAGE, BINDING -> of(client.packages().get(name));
            case ACTION, SEQUENCE -> of(client.actions().get(name, false));
            case TRIGGER -> of(client.triggers().get(name));
            case RULE -> of(client.rules().get(name));
        };
    }

    /// The name of its project; empty if it belongs to none.
    String owner() {
        return Mark.of(annotations).map(Mark::projectName).orElse("");
    }

    /// Whether nobody wrote in between.
    boolean isSame(Present other) {
        return version.equals(other.version()) && owner().equals(other.owner());
    }
}
