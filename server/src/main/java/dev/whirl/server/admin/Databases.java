package dev.whirl.server.admin;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.json.ActivationDocuments;
import dev.whirl.model.json.EntityDocuments;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.json.SubjectDocuments;
import dev.whirl.store.Activations;
import dev.whirl.store.Entities;
import dev.whirl.store.StoreException;
import dev.whirl.store.Stores;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everything that is stored, as `wskadmin db get` prints it (row A-7). Rows are printed as they are read: no more
/// than a page of them is in memory.
final class Databases {
    /// The view with a row for each key that counts (row A-3).
    private static final String IDENTITIES = "identities";

    private static final int PAGE = 100;

    private final Stores stores;
    private final boolean hasDocuments;
    private final Consumer<String> out;
    private final SortedJson json;
    private @Nullable RawJson pending;
    private long rows;

    Databases(Stores stores, boolean hasDocuments, Consumer<String> out) {
        this.stores = stores;
        this.hasDocuments = hasDocuments;
        this.out = out;
        this.json = new SortedJson(out);
    }

    /// @param view `design/view`, null for all documents
    /// @return the exit code
    int get(String database, @Nullable String view) {
        out.accept("getting contents for %s (%s)".formatted(database, view == null ? "primary index" : view));
        Optional<Runnable> reading = reading(database, view);
        if (reading.isEmpty()) {
            out.accept("Failed to get database (not found)");
            return AdminTask.FAILED;
        }
        out.accept("{");
        out.accept("    \"offset\": 0,");
        out.accept("    \"rows\": [");
        reading.get().run();
        printPending("");
        out.accept("    ],");
        out.accept("    \"total_rows\": " + rows);
        out.accept("}");
        return AdminTask.DONE;
    }

    private Optional<Runnable> reading(String database, @Nullable String view) {
        if (view != null) {
            boolean isKnown = database.equals("subjects") && view.endsWith("/" + IDENTITIES);
            return isKnown ? Optional.of(this::identities) : Optional.empty();
        }
        return switch (database) {
            case "subjects" -> Optional.of(this::subjects);
            case "whisks" -> Optional.of(this::entities);
            case "activations" -> Optional.of(this::activations);
            default -> Optional.empty();
        };
    }

    private void subjects() {
        for (Subject each : stores.subjects().list()) {
            stores.subjects()
                    .stored(each.name())
                    .ifPresent(stored -> row(
                            each.name(), stored.revision().value(), () -> SubjectDocuments.write(stored.subject())));
        }
        stores.subjects()
                .allLimits()
                .forEach((namespace, limits) ->
                        row(namespace + "/limits", "1", () -> SubjectDocuments.writeLimits(namespace, limits)));
    }

    private void identities() {
        for (Subject subject : stores.subjects().list()) {
            if (!subject.isBlocked()) {
                subject.memberships().forEach(each -> identity(subject, each));
            }
        }
    }

    private void identity(Subject subject, Subject.Membership membership) {
        var row = new JsonWriter().startObject().field("id", subject.name());
        row.name("key").startArray();
        row.string(membership.key().uuid()).string(membership.key().secret()).endArray();
        row.name("value").startObject();
        row.field("_id", membership.namespace() + "/limits");
        row.field("namespace", membership.namespace().value());
        row.field("uuid", membership.key().uuid())
                .field("key", membership.key().secret())
                .endObject();
        if (hasDocuments) {
            NamespaceName namespace = membership.namespace();
            row.field(
                    "doc",
                    SubjectDocuments.writeLimits(namespace, stores.subjects().limits(namespace)));
        }
        add(row.endObject().toRawJson());
    }

    private void entities() {
        for (NamespaceName namespace : stores.entities().namespaces()) {
            for (Collection collection : Collection.values()) {
                entities(namespace, collection);
            }
        }
    }

    private void entities(NamespaceName namespace, Collection collection) {
        List<EntityId> page;
        for (int skip = 0; ; skip += page.size()) {
            page = stores.entities().ids(new Entities.Query(namespace, collection, null, skip, PAGE));
            if (page.isEmpty()) {
                return;
            }
            page.forEach(this::entity);
        }
    }

    /// What can't be read is left out, as in lists.
    private void entity(EntityId id) {
        try {
            stores.entities()
                    .find(id)
                    .ifPresent(stored -> row(
                            id.toString(), stored.revision().value(), () -> EntityDocuments.write(stored.entity())));
        } catch (StoreException.Corrupted e) {
            row(id.toString(), "unreadable", () -> RawJson.NULL);
        }
    }

    private void activations() {
        for (NamespaceName namespace : stores.activations().namespaces()) {
            List<Activation> page;
            for (int skip = 0; ; skip += page.size()) {
                page = stores.activations()
                        .listFull(new Activations.Query(namespace, null, null, null, null, skip, PAGE));
                if (page.isEmpty()) {
                    break;
                }
                page.forEach(each ->
                        row(each.namespace() + "/" + each.id().value(), "1", () -> ActivationDocuments.write(each)));
            }
        }
    }

    private void row(String id, String revision, Supplier<RawJson> document) {
        var row = new JsonWriter().startObject().field("id", id).field("key", id);
        row.name("value").startObject().field("rev", revision).endObject();
        if (hasDocuments) {
            row.field("doc", document.get());
        }
        add(row.endObject().toRawJson());
    }

    /// A row is printed when it is known whether another one follows.
    private void add(RawJson row) {
        printPending(",");
        pending = row;
        rows++;
    }

    private void printPending(String after) {
        if (pending != null) {
            json.print("        ", "", pending, after);
            pending = null;
        }
    }
}
