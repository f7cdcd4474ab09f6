package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The ownership of a project that a namespace is kept in step with (row L-41). What was not there
/// is only created, which the server refuses where somebody was faster. What was there is looked at
/// once more right before: if it is no longer the project's, it stays.
///
/// @param projects the project, and what is fetched for it
/// @param before what was on the server when the deployment was planned
/// @param takesOver whether what others have becomes the project's
record ProjectOwnership(Session session, Set<String> projects, Owners before, boolean takesOver) implements Ownership {
    ProjectOwnership {
        projects = Set.copyOf(projects);
    }

    @Override
    public void write(EntityKey key, Put put) {
        if (takesOver) {
            OF_ALL.write(key, put);
        } else {
            new GuardedWrite(session, key).run(before.has(key), present -> isOwn(key, present), put);
        }
    }

    @Override
    public boolean mayRemove(EntityKey key) {
        String owner = Present.look(session, key).map(Present::owner).orElse(before.ownerOf(key));
        boolean isAsBefore = owner.equals(before.ownerOf(key));
        if (!isAsBefore) {
            session.err().warning("%s is left: by now it belongs to %s".formatted(key, shown(owner)));
        }
        return isAsBefore;
    }

    /// @throws CliException if not
    private boolean isOwn(EntityKey key, @Nullable Present present) {
        if (present != null && !projects.contains(present.owner())) {
            throw CliException.general("%s is not replaced: it was made or changed meanwhile, and belongs to %s"
                            .formatted(key, shown(present.owner())))
                    .withHint("With --overwrite it becomes the project's.");
        }
        return true;
    }

    private static String shown(String owner) {
        return owner.isEmpty() ? "no project" : "project " + owner;
    }
}
