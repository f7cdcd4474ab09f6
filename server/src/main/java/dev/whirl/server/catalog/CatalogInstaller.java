package dev.whirl.server.catalog;

import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Rule;
import dev.whirl.model.entity.Trigger;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import dev.whirl.server.catalog.CatalogPackage.CatalogAction;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities;
import dev.whirl.store.Entities.Stored;
import dev.whirl.store.Revision;
import dev.whirl.store.Stores;
import dev.whirl.store.Write;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Puts packages of the catalog into `whisk.system`: what is there in this version is left alone, and so is what
/// somebody else made under the name of a package. Actions that an earlier version had put there and this one has not
/// are removed; others in the package are somebody else's. Each package changes as a whole or not at all.
public final class CatalogInstaller {
    private static final NamespaceName SYSTEM = new NamespaceName("whisk.system");

    /// Marks packages and actions that were installed, and in which version of the package.
    private static final String MARK = "whirl-catalog";

    private static final int MOST_MEMBERS = 10_000;

    private final Stores stores;
    private final InstantSource clock;
    private final boolean isForced;

    /// @param isForced whether packages that somebody else made are replaced
    public CatalogInstaller(Stores stores, InstantSource clock, boolean isForced) {
        this.stores = stores;
        this.clock = clock;
        this.isForced = isForced;
    }

    /// What became of a package.
    public sealed interface Outcome {
        /// It is there in this version.
        ///
        /// @param written all that was written or removed, the package first
        record Installed(List<EntityId> written) implements Outcome {}

        /// It was there in this version.
        record Unchanged() implements Outcome {}

        /// Nothing was written.
        record LeftAlone(String reason) implements Outcome {}
    }

    public Outcome install(CatalogPackage wanted) {
        EntityId id = EntityId.of(SYSTEM, wanted.name());
        Optional<Stored> old = stores.entities().find(id);
        if (old.isPresent() && !isForced && mark(old.get()).isEmpty()) {
            return new Outcome.LeftAlone("it was not installed from a catalog");
        }
        if (old.flatMap(CatalogInstaller::mark).equals(Optional.of(wanted.digest()))) {
            return new Outcome.Unchanged();
        }
        List<Write> writes = writes(id, wanted, old);
        try {
            stores.entities().applyAll(writes);
        } catch (ConflictException e) {
            return new Outcome.LeftAlone("somebody else changed it meanwhile");
        }
        return new Outcome.Installed(
                writes.stream().map(CatalogInstaller::written).toList());
    }

    private static EntityId written(Write write) {
        return switch (write) {
            case Write.Put put -> put.entity().id();
            case Write.Delete delete -> delete.id();
            case Write.Present(EntityId id) -> id;
            case Write.Empty(NamespaceName namespace, EntityName pkg) -> EntityId.of(namespace, pkg);
        };
    }

    private static Optional<String> mark(Stored stored) {
        return switch (stored.entity()) {
            case ActionPackage pkg -> mark(pkg.annotations());
            case Action action -> mark(action.annotations());
            case Trigger _ -> Optional.empty();
            case Rule _ -> Optional.empty();
        };
    }

    private static Optional<String> mark(Annotations annotations) {
        return annotations.find(MARK).flatMap(RawJson::asText);
    }

    private List<Write> writes(EntityId id, CatalogPackage wanted, Optional<Stored> old) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var writes = new ArrayList<Write>();
        Version version = old.map(each -> next(each)).orElse(Version.FIRST);
        Annotations annotations = wanted.annotations().with(MARK, RawJson.string(wanted.digest()));
        writes.add(new Write.Put(
                new ActionPackage(id, null, wanted.parameters(), version, true, annotations, now), revision(old)));
        for (CatalogAction each : wanted.actions()) {
            EntityId member = id.member(each.name());
            Optional<Stored> before = stores.entities().find(member);
            writes.add(new Write.Put(action(member, each, wanted.digest(), before, now), revision(before)));
        }
        writes.addAll(removals(wanted));
        return writes;
    }

    /// What an earlier version of the package had put there.
    private List<Write> removals(CatalogPackage wanted) {
        Set<EntityName> kept =
                wanted.actions().stream().map(CatalogAction::name).collect(Collectors.toSet());
        var query = new Entities.Query(SYSTEM, Collection.ACTIONS, wanted.name(), 0, MOST_MEMBERS);
        return stores.entities().ids(query).stream()
                .filter(each -> !kept.contains(each.name()))
                .flatMap(each -> stores.entities().find(each).stream())
                .filter(each -> mark(each).isPresent())
                .<Write>map(each -> new Write.Delete(each.entity().id(), each.revision()))
                .toList();
    }

    private Action action(EntityId id, CatalogAction wanted, String digest, Optional<Stored> old, Instant now) {
        byte[] text = wanted.code().text().getBytes(StandardCharsets.UTF_8);
        Exec exec = new Exec.Code(wanted.kind(), stores.code().put(text, false), null);
        Annotations annotations = wanted.annotations()
                .withDefault("provide-api-key", RawJson.FALSE)
                .with("exec", RawJson.string(wanted.kind()))
                .with(MARK, RawJson.string(digest));
        Version version = old.map(each -> next(each)).orElse(Version.FIRST);
        return new Action(id, exec, Parameters.NONE, ActionLimits.DEFAULT, version, annotations, now);
    }

    private static Version next(Stored stored) {
        return stored.entity().version().nextPatch();
    }

    @SuppressWarnings("NullAway") // null stands for nothing there
    private static Revision revision(Optional<Stored> stored) {
        return stored.map(Stored::revision).orElse(null);
    }
}
