package dev.whirl.server.catalog;

import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import dev.whirl.server.catalog.CatalogPackage.CatalogAction;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities.Stored;
import dev.whirl.store.Revision;
import dev.whirl.store.Stores;
import dev.whirl.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts packages of the catalog into `whisk.system`: what is there in this version is left alone, and so is what
/// somebody else made under the name of a package. The package notes which code was installed for each action. Only
/// where an action still has that code is it overwritten, or removed because this version of the package has none of
/// its name: others are somebody else's. What an operator has set of a package stays: its parameters, whether it is
/// public, and parameters and limits of its actions. Each package changes as a whole or not at all.
public final class CatalogInstaller {
    private static final NamespaceName SYSTEM = new NamespaceName("whisk.system");

    /// Marks packages that were installed, and in which version.
    private static final String MARK = "whirl-catalog";

    /// On a package: the values of its parameters that were installed, by name.
    private static final String INPUTS = "whirl-catalog-inputs";

    /// On a package: the SHA-256 of the code that was installed, by the action's name.
    private static final String CODE = "whirl-catalog-code";

    private final Stores stores;
    private final InstantSource clock;
    private final boolean isForced;

    /// @param isForced whether packages and actions that somebody else made are replaced
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
        /// @param foreign actions of the package that are somebody else's, and were left as they are
        /// @param kept names of parameters that somebody has set, and that were left as they are
        record Installed(List<EntityId> written, List<EntityId> foreign, List<String> kept) implements Outcome {
            public Installed {
                written = List.copyOf(written);
                foreign = List.copyOf(foreign);
                kept = List.copyOf(kept);
            }
        }

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
        SetParameters set = old.filter(each -> mark(each).isPresent())
                .map(CatalogInstaller::set)
                .orElse(SetParameters.NONE);
        Changes changes = changes(id, wanted, old, set);
        try {
            stores.entities().applyAll(changes.writes());
        } catch (ConflictException e) {
            return new Outcome.LeftAlone("somebody else changed it meanwhile");
        }
        return new Outcome.Installed(
                changes.writes().stream().map(CatalogInstaller::written).toList(), changes.foreign(), set.names());
    }

    private static EntityId written(Write write) {
        return switch (write) {
            case Write.Put put -> put.entity().id();
            case Write.Delete delete -> delete.id();
            case Write.Present(EntityId id) -> id;
            case Write.Empty(NamespaceName namespace, EntityName pkg) -> EntityId.of(namespace, pkg);
        };
    }

    private static Optional<String> mark(Stored pkg) {
        return pkg.entity().annotations().find(MARK).flatMap(RawJson::asText);
    }

    /// Which code an earlier version had installed. The annotation may have been changed by hand.
    private static Map<String, String> noted(Optional<Stored> pkg) {
        var noted = new LinkedHashMap<String, String>();
        pkg.flatMap(each -> each.entity().annotations().find(CODE))
                .ifPresent(all -> all.fields()
                        .forEach((name, code) -> code.asText().ifPresent(sha256 -> noted.put(name, sha256))));
        noted.keySet().removeIf(each -> each.length() > EntityName.MAX_LENGTH || !EntityName.isLegal(each));
        return noted;
    }

    /// What was set of a package since it was installed. One that notes nothing is of an earlier version.
    private static SetParameters set(Stored pkg) {
        Map<String, RawJson> installed = pkg.entity()
                .annotations()
                .find(INPUTS)
                .orElse(RawJson.EMPTY_OBJECT)
                .fields();
        return SetParameters.of(((ActionPackage) pkg.entity()).parameters(), installed);
    }

    private static boolean has(Stored action, @Nullable String code) {
        return code != null && code(action.entity()).equals(Optional.of(code));
    }

    private static Optional<Action> installed(Optional<Stored> action, @Nullable String code) {
        return action.filter(each -> has(each, code)).map(each -> (Action) each.entity());
    }

    private static Optional<String> code(Entity entity) {
        return entity instanceof Action action ? action.exec().codeRef().map(CodeRef::sha256) : Optional.empty();
    }

    private record Changes(List<Write> writes, List<EntityId> foreign) {}

    private Changes changes(EntityId id, CatalogPackage wanted, Optional<Stored> old, SetParameters set) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Map<String, String> before = noted(old);
        var after = new LinkedHashMap<String, RawJson>();
        var actions = new ArrayList<Write>();
        var foreign = new ArrayList<EntityId>();
        for (CatalogAction each : wanted.actions()) {
            String name = each.name().value();
            EntityId member = id.member(each.name());
            Optional<Stored> there = stores.entities().find(member);
            if (there.isPresent() && !isForced && !has(there.get(), before.get(name))) {
                foreign.add(member);
            } else {
                Action action = action(member, each, there, installed(there, before.get(name)), now);
                actions.add(new Write.Put(action, revision(there)));
                code(action).ifPresent(sha256 -> after.put(name, RawJson.string(sha256)));
            }
            before.remove(name);
        }
        before.forEach((name, code) -> stores.entities()
                .find(id.member(new EntityName(name)))
                .ifPresent(there -> {
                    if (has(there, code)) {
                        actions.add(new Write.Delete(there.entity().id(), there.revision()));
                    } else {
                        foreign.add(there.entity().id());
                    }
                }));
        var writes = new ArrayList<Write>();
        writes.add(new Write.Put(pkg(id, wanted, RawJson.object(after), old, set, now), revision(old)));
        writes.addAll(actions);
        return new Changes(writes, foreign);
    }

    private static ActionPackage pkg(
            EntityId id, CatalogPackage wanted, RawJson code, Optional<Stored> old, SetParameters set, Instant now) {
        Version version = old.map(each -> next(each)).orElse(Version.FIRST);
        boolean isPublic = old.filter(each -> mark(each).isPresent())
                .map(each -> each.entity().isPublic())
                .orElse(true);
        Annotations annotations = wanted.annotations()
                .with(MARK, RawJson.string(wanted.digest()))
                .with(INPUTS, SetParameters.note(wanted.parameters()))
                .with(CODE, code);
        return new ActionPackage(id, null, set.in(wanted.parameters()), version, isPublic, annotations, now);
    }

    /// @param installed the action as it was installed, if it is there: the catalog sets no parameters and no limits
    private Action action(
            EntityId id, CatalogAction wanted, Optional<Stored> old, Optional<Action> installed, Instant now) {
        ActionCode code = wanted.code();
        Exec exec = new Exec.Code(wanted.kind(), stores.code().put(code.text(), code.isBinary()), null);
        Annotations annotations = wanted.annotations()
                .withDefault("provide-api-key", RawJson.FALSE)
                .with("exec", RawJson.string(wanted.kind()));
        Version version = old.map(each -> next(each)).orElse(Version.FIRST);
        return new Action(
                id,
                exec,
                installed.map(Action::parameters).orElse(Parameters.NONE),
                installed.map(Action::limits).orElse(ActionLimits.DEFAULT),
                version,
                annotations,
                now);
    }

    private static Version next(Stored stored) {
        return stored.entity().version().nextPatch();
    }

    @SuppressWarnings("NullAway") // null stands for nothing there
    private static Revision revision(Optional<Stored> stored) {
        return stored.map(Stored::revision).orElse(null);
    }
}
