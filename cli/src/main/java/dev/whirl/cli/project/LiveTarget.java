package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.Owners.Owned;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a folder is deployed to again and again, with what was there before the first time: what
/// is replaced of that is told, and it is not removed. For one thread.
final class LiveTarget {
    private final Session session;
    private final Set<String> own;
    private final Owners before;

    /// False if the server did not say what it has.
    private final boolean isKnown;

    private final @Nullable Marks marks;
    private final Set<String> lookedAt = new HashSet<>();
    private final Set<String> served = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private Leftovers leftovers;

    private LiveTarget(Session session, Set<String> own, @Nullable Owners before, @Nullable Marks marks) {
        this.session = session;
        this.own = Set.copyOf(own);
        this.before = before == null ? Owners.UNKNOWN : before;
        this.isKnown = before != null;
        this.marks = marks;
        this.leftovers = Leftovers.of(this.before);
    }

    /// Asks the server what it has.
    ///
    /// @throws CliException if it cannot say that now
    static LiveTarget look(Session session, ProjectSync project, ProjectNames names) {
        var managed = new Managed(session, names.namespace());
        try {
            Owners owners = managed.owners();
            boolean isInStep = owners.all().stream().anyMatch(each -> each.belongsTo(Set.of(project.projectName())));
            Marks marks = isInStep ? new Marks(project.projectName(), managed.realNamespace(), names) : null;
            return new LiveTarget(session, project.projects(), owners, marks);
        } catch (CliException e) {
            if (e.mayPass()) {
                throw e;
            }
            session.err().warning("what is there already was not looked at, and is not removed: " + e.getMessage());
            return new LiveTarget(session, project.projects(), null, null);
        }
    }

    /// The marks of a project that is kept in step, and is so while it is worked on; null for another one.
    @Nullable
    Marks marks() {
        return marks;
    }

    /// Looks at what a step is about to replace, and tells of it once.
    ///
    /// @param isDescribed whether a manifest says so: without one, names may meet by chance
    void prepare(Step step, boolean isDescribed) {
        for (ApiOperation api : step.operations()) {
            if (lookedAt.add(api.target().base())) {
                new ServedApis(session)
                        .targets(List.of(api.target().base()))
                        .forEach(each -> served.add(ApiOperation.title(each)));
            }
            tellTaken(api.title(), before.ownerOf(api.target(), own));
        }
        step.key().flatMap(this::find).ifPresent(there -> {
            tellTaken(step.title(), there.projectName());
            if (there.mark() == null && !isDescribed && told.add(step.title())) {
                session.err().warning(step.title() + " was there before, and is replaced");
            }
        });
    }

    private void tellTaken(String title, String owner) {
        if (!owner.isEmpty() && !own.contains(owner) && told.add(title)) {
            session.err().warning(Taken.sentence(owner, "wsk dev", List.of(title)));
        }
    }

    /// A step that leaves nothing of what is there.
    Step cleared(Step step) {
        return leftovers.cleared(step);
    }

    /// Remembers what a step left on the server.
    void deployed(Step step) {
        leftovers = leftovers.after(step);
    }

    /// Whether something of this name was there before, or may have been.
    boolean had(EntityKey key) {
        return !isKnown || find(key).isPresent();
    }

    /// The same of an operation of the gateway.
    boolean had(ApiOperation api) {
        return served.contains(api.title());
    }

    private Optional<Owned> find(EntityKey key) {
        return before.all().stream()
                .filter(each -> each.key().asPlace().equals(key.asPlace()))
                .findFirst();
    }
}
