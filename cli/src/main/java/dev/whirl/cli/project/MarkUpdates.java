package dev.whirl.cli.project;

import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.Owners.Owned;
import dev.whirl.client.ActionUpdate;
import dev.whirl.client.EntityUpdate;
import dev.whirl.client.KeyValues;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.WhirlClient;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes the marks of what is on the server anew, and leaves all else of it as it is.
record MarkUpdates(Session session, Progress progress) {
    /// What is gone meanwhile, or belongs to another project by now, is passed over.
    ///
    /// @param owned with the mark that it is to have
    void write(Owned owned) {
        Mark mark = owned.mark();
        if (mark == null) {
            return;
        }
        EntityKey key = owned.key();
        boolean isWritten = new GuardedWrite(session, key)
                .run(
                        true,
                        present -> isAsBefore(key, mark, present),
                        (_, seen) -> Optional.ofNullable(seen).map(present -> put(key, mark, present)));
        if (isWritten) {
            progress.info("%s of project %s no longer names what was taken over.".formatted(key, mark.projectName()));
        }
    }

    /// A rule is always sent with both ends; one that has lost an end is left.
    private static boolean isAsBefore(EntityKey key, Mark mark, @Nullable Present present) {
        return present != null
                && present.owner().equals(mark.projectName())
                && (key.kind() != EntityKey.Kind.RULE || present.ends() != null);
    }

    /// @return the version that was written
    private String put(EntityKey key, Mark mark, Present present) {
        KeyValues annotations = present.annotations().with(Mark.ANNOTATION, mark.toJson());
        return session.call(
                "Unable to change the mark of " + key, client -> put(client, key, annotations, present.ends()));
    }

    private static String put(WhirlClient client, EntityKey key, KeyValues annotations, Present.@Nullable Ends ends) {
        QualifiedName name = key.name();
        var update = new EntityUpdate(null, annotations);
        return switch (key.kind()) {
            case PACKAGE, BINDING ->
                client.packages().put(name, update, null, true).version();
            case ACTION, SEQUENCE ->
                client.actions()
                        .put(name, ActionUpdate.NOTHING.withAnnotations(annotations), true)
                        .version();
            case TRIGGER -> client.triggers().put(name, update, true).version();
            case RULE -> {
                Present.Ends both = Objects.requireNonNull(ends);
                yield client.rules()
                        .put(name, both.trigger(), both.action(), annotations, true)
                        .version();
            }
        };
    }
}
