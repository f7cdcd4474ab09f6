package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ActionDocument;
import dev.whirl.client.ApiErrorException;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.KeyValues;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.WhirlClient;
import dev.whirl.model.ApiException;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Version;
import java.util.Optional;
import java.util.Set;

/// The ownership of a project that a namespace is kept in step with (row L-41). What was not there
/// is only created, which the server refuses where somebody was faster. What was there is looked at
/// once more right before: if it is no longer the project's, it stays.
///
/// @param projects the project, and what is fetched for it
/// @param before what was on the server when the deployment was planned
/// @param takesOver whether what others have becomes the project's
record ProjectOwnership(Session session, Set<String> projects, Owners before, boolean takesOver) implements Ownership {
    /// Of several who write the same thing at the same moment, one gets ahead each time.
    private static final int MOST_TRIES = 5;

    /// Something as it is now.
    private record Present(KeyValues annotations, String version) {
        static Present of(EntityDocument document) {
            return new Present(document.annotations(), document.version());
        }

        static Present of(ActionDocument document) {
            return new Present(document.annotations(), document.version());
        }

        /// Empty if it belongs to no project.
        String owner() {
            return Mark.of(annotations).map(Mark::projectName).orElse("");
        }
    }

    ProjectOwnership {
        projects = Set.copyOf(projects);
    }

    @Override
    public void write(EntityKey key, Put put) {
        if (takesOver) {
            put.apply(true);
            return;
        }
        boolean mayBeThere = before.has(key);
        for (int tries = 1; ; tries++) {
            Optional<Present> present = mayBeThere ? look(key) : Optional.empty();
            present.ifPresent(each -> requireOwn(key, each));
            try {
                String written = put.apply(present.isPresent());
                present.filter(each -> !isNext(each.version(), written)).ifPresent(_ -> tellLost(key));
                return;
            } catch (CliException e) {
                if (tries == MOST_TRIES || !wasSlower(e)) {
                    throw e;
                }
                mayBeThere = true;
            }
        }
    }

    @Override
    public boolean mayRemove(EntityKey key) {
        String owner = look(key).map(Present::owner).orElse(before.ownerOf(key));
        boolean isAsBefore = owner.equals(before.ownerOf(key));
        if (!isAsBefore) {
            session.err().warning("%s is left: by now it belongs to %s".formatted(key, shown(owner)));
        }
        return isAsBefore;
    }

    private void requireOwn(EntityKey key, Present present) {
        String owner = present.owner();
        if (!projects.contains(owner)) {
            throw CliException.general("%s is not replaced: it was made or changed meanwhile, and belongs to %s"
                            .formatted(key, shown(owner)))
                    .withHint("With --overwrite it becomes the project's.");
        }
    }

    private static String shown(String owner) {
        return owner.isEmpty() ? "no project" : "project " + owner;
    }

    private void tellLost(EntityKey key) {
        session.err().warning("%s was changed by somebody else at the same moment: that change is lost".formatted(key));
    }

    /// Whether nobody wrote between two versions; true where a server counts in another way.
    private static boolean isNext(String earlier, String later) {
        try {
            return Version.parse(earlier).nextPatch().equals(Version.parse(later));
        } catch (ApiException _) {
            return true;
        }
    }

    private static boolean wasSlower(CliException failure) {
        return failure.getCause() instanceof ApiErrorException refusal
                && (refusal.sentence().equals(Messages.EXISTS)
                        || refusal.sentence().equals(Messages.CONCURRENT_CHANGE));
    }

    private Optional<Present> look(EntityKey key) {
        try {
            return Optional.of(session.call("Unable to look at " + key, client -> read(client, key)));
        } catch (CliException e) {
            if (Undeployer.isNotThere(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Present read(WhirlClient client, EntityKey key) {
        QualifiedName name = key.name();
        return switch (key.kind()) {
            case PACKAGE, BINDING -> Present.of(client.packages().get(name));
            case ACTION, SEQUENCE -> Present.of(client.actions().get(name, false));
            case TRIGGER -> Present.of(client.triggers().get(name));
            case RULE -> Present.of(client.rules().get(name));
        };
    }
}
