package dev.whirl.store.couchdb;

import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities.Stored;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import dev.whirl.store.Write;
import dev.whirl.store.couchdb.CouchClient.OutcomeUnknownException;
import dev.whirl.store.couchdb.Database.Found;
import dev.whirl.store.couchdb.Database.Outcome;
import dev.whirl.store.couchdb.StoredCode.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One change of several entities, without transactions.
///
/// 1. What must hold is checked, against the revisions of all documents as one request tells them.
/// 2. All documents are sent in one request. CouchDB compares each one's revision as it writes it.
/// 3. If some were refused, those that were not are undone, and nothing was changed.
/// 4. What had to hold of other documents is checked again: either of two processes that get into each other's way so
///    sees what the other one wrote, whichever was first, and undoes its own.
///
/// For moments others can see a part of a change that is undone then. If this process or CouchDB ends between the
/// steps, a part may stay: see the design's decision 11.
final class EntityChange {
    private static final Logger LOG = LoggerFactory.getLogger(EntityChange.class);

    private final Database whisks;
    private final CouchCode code;
    private final List<Write> writes;
    private final Map<String, Optional<Revision>> before = new LinkedHashMap<>();
    private final Map<String, Optional<Revision>> planned = new LinkedHashMap<>();
    private final SequencedMap<String, Write> last = new LinkedHashMap<>();
    private final Map<String, Written> texts = new HashMap<>();

    EntityChange(Database whisks, CouchCode code, List<Write> writes) {
        this.whisks = whisks;
        this.code = code;
        this.writes = writes;
    }

    List<Revision> apply() throws ConflictException {
        lookUp();
        for (Write each : writes) {
            plan(each);
        }
        List<Outcome> outcomes = send();
        Optional<Outcome> refused =
                outcomes.stream().filter(each -> each.revision().isEmpty()).findFirst();
        if (refused.isPresent()) {
            undo(outcomes);
            requireConflict(refused.get());
            throw new ConflictException(refused.get().id());
        }
        Optional<String> broken = broken();
        if (broken.isPresent()) {
            undo(outcomes);
            throw new ConflictException(broken.get());
        }
        return revisions(outcomes);
    }

    private void lookUp() {
        var ids = new LinkedHashMap<String, Boolean>();
        for (Write each : writes) {
            switch (each) {
                case Write.Put(Entity entity, var _) -> ids.put(entity.id().toString(), true);
                case Write.Delete(EntityId id, var _) -> ids.put(id.toString(), true);
                case Write.Present(EntityId id) -> ids.put(id.toString(), true);
                case Write.Empty _ -> {}
            }
        }
        for (Found each : whisks.find(List.copyOf(ids.keySet()), false)) {
            before.put(each.id(), each.revision());
        }
        planned.putAll(before);
    }

    /// Checks one write against what those before it leave.
    private void plan(Write write) throws ConflictException {
        switch (write) {
            case Write.Put(Entity entity, var expected) -> {
                String id = entity.id().toString();
                expect(id, expected);
                planned.put(id, Optional.of(new Revision("planned")));
                last.put(id, write);
            }
            case Write.Delete(EntityId id, Revision expected) -> {
                expect(id.toString(), expected);
                planned.put(id.toString(), Optional.empty());
                last.put(id.toString(), write);
            }
            case Write.Present(EntityId id) ->
                refuseUnless(current(id.toString()).isPresent(), id.toString());
            case Write.Empty(NamespaceName namespace, EntityName pkg) ->
                refuseUnless(
                        isPlannedEmpty(namespace, pkg),
                        EntityId.of(namespace, pkg).toString());
        }
    }

    private void expect(String id, @Nullable Revision expected) throws ConflictException {
        refuseUnless(current(id).equals(Optional.ofNullable(expected)), id);
    }

    private Optional<Revision> current(String id) {
        return planned.getOrDefault(id, Optional.empty());
    }

    private boolean isPlannedEmpty(NamespaceName namespace, EntityName pkg) {
        String path = namespace + "/" + pkg + "/";
        boolean isFilled = planned.entrySet().stream()
                .anyMatch(each ->
                        each.getKey().startsWith(path) && each.getValue().isPresent());
        return !isFilled && members(namespace, pkg).stream().allMatch(last::containsKey);
    }

    /// Some of the members of a package: one more than this change deletes, so that one that stays is among them.
    private Set<String> members(NamespaceName namespace, EntityName pkg) {
        var ids = new HashSet<String>();
        whisks.rows(EntityViews.membersOf(namespace, pkg).page(0, last.size() + 1L))
                .forEach(row -> row.field("id").flatMap(RawJson::asText).ifPresent(ids::add));
        return ids;
    }

    private List<Outcome> send() throws ConflictException {
        var documents = new ArrayList<RawJson>();
        for (var each : last.entrySet()) {
            document(each.getKey(), each.getValue()).ifPresent(documents::add);
        }
        if (documents.isEmpty()) {
            return List.of();
        }
        try {
            return whisks.writeAll(documents);
        } catch (OutcomeUnknownException e) {
            return lookedUp(e);
        }
    }

    private Optional<RawJson> document(String id, Write write) {
        Optional<Revision> old = before.getOrDefault(id, Optional.empty());
        return switch (write) {
            case Write.Put(Entity entity, var _) -> {
                Written text = code.written(entity, () -> old.flatMap(_ -> whisks.get(id)));
                if (text != null) {
                    texts.put(id, text);
                }
                yield Optional.of(EntityForms.write(entity, old.orElse(null), text));
            }
            case Write.Delete _ -> old.map(revision -> deletion(id, revision));
            case Write.Present _, Write.Empty _ -> Optional.empty();
        };
    }

    private static RawJson deletion(String id, Revision revision) {
        var out = new JsonWriter().startObject().field("_id", id).field("_rev", revision.value());
        return out.field("_deleted", true).endObject().toRawJson();
    }

    /// What became of documents of which CouchDB did not say it. Those that are as they were count as refused for lack
    /// of an answer.
    private List<Outcome> lookedUp(OutcomeUnknownException e) {
        List<Found> now = whisks.find(List.copyOf(last.sequencedKeySet()), true);
        var outcomes = new ArrayList<Outcome>();
        for (Found each : now) {
            Write write = last.get(each.id());
            if (write != null) {
                outcomes.add(outcome(each, write, String.valueOf(e.getMessage())));
            }
        }
        return outcomes;
    }

    private Outcome outcome(Found found, Write write, String reason) {
        boolean isDone = switch (write) {
            case Write.Put(Entity entity, var _) ->
                CouchEntities.readable(found.id(), found.document())
                        .map(Stored::entity)
                        .filter(entity::equals)
                        .isPresent();
            case Write.Delete _ -> found.revision().isEmpty();
            case Write.Present _, Write.Empty _ -> true;
        };
        if (isDone) {
            return new Outcome(found.id(), Optional.of(found.revision().orElse(new Revision(""))), "");
        }
        boolean isUnchanged = found.revision().equals(before.getOrDefault(found.id(), Optional.empty()));
        return new Outcome(found.id(), Optional.empty(), isUnchanged ? reason : Database.CONFLICT);
    }

    /// The first condition of other documents that does not hold any more.
    private Optional<String> broken() {
        for (Write each : writes) {
            boolean holds = switch (each) {
                case Write.Present(EntityId id) ->
                    last.containsKey(id.toString()) || whisks.get(id.toString()).isPresent();
                case Write.Empty(NamespaceName namespace, EntityName pkg) ->
                    members(namespace, pkg).isEmpty();
                case Write.Put _, Write.Delete _ -> true;
            };
            if (!holds) {
                return Optional.of(
                        each instanceof Write.Empty(var namespace, var pkg)
                                ? EntityId.of(namespace, pkg).toString()
                                : ((Write.Present) each).id().toString());
            }
        }
        return Optional.empty();
    }

    /// Puts back what was there before. What somebody else has changed since is theirs.
    private void undo(List<Outcome> outcomes) {
        for (Outcome each : outcomes) {
            if (each.revision().isPresent()) {
                try {
                    undo(each.id(), each.revision().get());
                } catch (ConflictException e) {
                    LOG.atInfo().addKeyValue("document", each.id()).log("A part of a refused change was overwritten");
                } catch (OutcomeUnknownException | StoreException e) {
                    LOG.atError()
                            .addKeyValue("document", each.id())
                            .addKeyValue("reason", e.getMessage())
                            .log("A part of a refused change can't be undone");
                }
            }
        }
    }

    private void undo(String id, Revision written) throws ConflictException, OutcomeUnknownException {
        Optional<Revision> old = before.getOrDefault(id, Optional.empty());
        boolean isDeleted = last.get(id) instanceof Write.Delete;
        if (old.isEmpty()) {
            if (!isDeleted) {
                whisks.delete(id, written);
            }
            return;
        }
        RawJson document = whisks.getWhole(id, old.get())
                .orElseThrow(() -> new StoreException.Unavailable("its former revision is gone"));
        var fields = document.fields();
        fields.remove("_rev");
        if (!isDeleted) {
            fields.put("_rev", RawJson.string(written.value()));
        }
        var _ = whisks.put(id, RawJson.object(fields));
    }

    private List<Revision> revisions(List<Outcome> outcomes) {
        var byId = new LinkedHashMap<String, Revision>();
        outcomes.forEach(each -> each.revision().ifPresent(revision -> byId.put(each.id(), revision)));
        var revisions = new ArrayList<Revision>();
        for (Write each : writes) {
            if (each instanceof Write.Put(Entity entity, var _)) {
                String id = entity.id().toString();
                Revision revision = byId.getOrDefault(id, new Revision(""));
                code.note(entity, revision, texts.get(id));
                revisions.add(revision);
            }
        }
        return revisions;
    }

    private void requireConflict(Outcome refused) {
        if (!refused.isConflict()) {
            throw whisks.client().unavailable("%s was not written: %s".formatted(refused.id(), refused.error()));
        }
    }

    private static void refuseUnless(boolean holds, String id) throws ConflictException {
        if (!holds) {
            throw new ConflictException(id);
        }
    }
}
