package dev.whirl.store.couchdb;

import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.StoreException;
import dev.whirl.store.couchdb.CouchClient.OutcomeUnknownException;
import dev.whirl.store.couchdb.DesignDocuments.Design;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The databases and their design documents: makes and upgrades them, and says what is missing.
public final class CouchDesign {
    static final List<String> DATABASES = List.of("subjects", "whisks", "activations");

    /// What OpenWhisk does not have; made when it is first used, too.
    static final List<String> FURTHER_DATABASES = List.of("feeds");

    /// Which design documents are replaced that differ.
    public enum Replace {
        /// Those that lack a view that is needed, and older ones of this project. OpenWhisk's own stay, so that its
        /// views need not be built again.
        NEEDED,
        /// All that differ.
        ALL
    }

    private final CouchClient client;
    private final String prefix;

    CouchDesign(CouchClient client, String prefix) {
        this.client = client;
        this.prefix = prefix;
    }

    /// Makes what is missing. Doing it again changes nothing.
    ///
    /// @return what was done, a sentence each; none if nothing was to do
    /// @throws StoreException.Unavailable if CouchDB can't be reached, or lets this user not do it
    public static List<String> init(CouchStoreConfig config, MeterRegistry metrics, Replace replace) {
        try (var client = new CouchClient(config, metrics)) {
            return new CouchDesign(client, config.prefix()).init(replace);
        }
    }

    /// All that stands in the way of working with these databases, a sentence each.
    public static List<String> problems(CouchStoreConfig config, MeterRegistry metrics) {
        try (var client = new CouchClient(config, metrics)) {
            return new CouchDesign(client, config.prefix()).problems();
        }
    }

    List<String> init(Replace replace) {
        requireCouch();
        var done = new ArrayList<String>();
        for (String each :
                Stream.concat(DATABASES.stream(), FURTHER_DATABASES.stream()).toList()) {
            if (create(prefix + each)) {
                done.add("made the database " + prefix + each);
            }
        }
        for (Design each : DesignDocuments.all()) {
            done.addAll(write(each, replace));
        }
        return done;
    }

    List<String> problems() {
        var problems = new ArrayList<String>();
        try {
            requireCouch();
            for (String each : DATABASES) {
                if (exists(prefix + each)) {
                    DesignDocuments.all().stream()
                            .filter(design -> design.database().equals(each))
                            .forEach(design -> complaint(design).ifPresent(problems::add));
                } else {
                    problems.add("CouchDB has no database %s: `whirl admin init-db` makes it".formatted(prefix + each));
                }
            }
        } catch (StoreException.Unavailable e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        return problems;
    }

    /// @throws StoreException.Unavailable if something else answers
    private void requireCouch() {
        Call call = Call.get("");
        Reply reply = client.send(call);
        boolean isCouch = reply.isSuccess()
                && (reply.json().hasField("couchdb") || reply.json().hasField("express-pouchdb"));
        if (!isCouch) {
            throw client.unavailable("What answers at store.couchdb.url is not CouchDB");
        }
    }

    private boolean exists(String database) {
        Call call = Call.get(Call.encoded(database));
        Reply reply = client.send(call);
        return reply.status() != Reply.NOT_FOUND
                && new Database(client, database).successful(call, reply).isSuccess();
    }

    /// @return whether it was not there
    boolean create(String database) {
        if (exists(database)) {
            return false;
        }
        Call call = Call.harmless("PUT", Call.encoded(database), null);
        Reply reply = client.send(call);
        return reply.status() != Reply.EXISTS
                && new Database(client, database).successful(call, reply).isSuccess();
    }

    private List<String> write(Design design, Replace replace) {
        var database = new Database(client, prefix + design.database());
        Optional<RawJson> current = current(design);
        if (current.isPresent() && !isReplaced(design, current.get(), replace)) {
            return List.of();
        }
        var fields = new LinkedHashMap<>(DesignDocuments.document(design).fields());
        current.flatMap(each -> each.field("_rev")).ifPresent(revision -> fields.put("_rev", revision));
        try {
            var _ = database.putDesign(design, RawJson.object(fields));
        } catch (ConflictException _) {
            return write(design, replace); // another process does the same: see what it wrote
        } catch (OutcomeUnknownException e) {
            throw client.unavailable(String.valueOf(e.getMessage()));
        }
        return List.of("%s %s of %s".formatted(current.isEmpty() ? "made" : "replaced", design.id(), database.name()));
    }

    private Optional<RawJson> current(Design design) {
        return new Database(client, prefix + design.database()).design(design);
    }

    private static boolean isReplaced(Design design, RawJson current, Replace replace) {
        boolean isOurs = current.hasField(DesignDocuments.MARK);
        boolean mayChange =
                isOurs || replace == Replace.ALL || !lacking(design, current).isEmpty();
        var fields = new LinkedHashMap<>(current.fields());
        fields.remove("_rev");
        return mayChange && !fields.equals(DesignDocuments.document(design).fields());
    }

    private Optional<String> complaint(Design design) {
        Optional<RawJson> current = current(design);
        String database = prefix + design.database();
        if (current.isEmpty()) {
            return Optional.of("%s lacks %s: `whirl admin init-db` makes it".formatted(database, design.id()));
        }
        List<String> lacking = lacking(design, current.get());
        if (!lacking.isEmpty()) {
            return Optional.of("%s of %s is another one, it lacks %s: `whirl admin init-db` replaces it"
                    .formatted(design.id(), database, String.join(", ", lacking)));
        }
        boolean isOld = isReplaced(design, current.get(), Replace.NEEDED);
        return isOld
                ? Optional.of("%s of %s is of another version: `whirl admin init-db` replaces it"
                        .formatted(design.id(), database))
                : Optional.empty();
    }

    /// The views and filters that a document lacks, or that do not count where they must.
    private static List<String> lacking(Design design, RawJson current) {
        var lacking = new ArrayList<String>();
        RawJson views = current.field("views").orElse(RawJson.EMPTY_OBJECT);
        design.views().forEach((name, view) -> {
            RawJson there = views.field(name).orElse(RawJson.NULL);
            boolean countsNot = !view.reduce().isEmpty() && !there.hasField("reduce");
            if (!there.hasField("map") || countsNot) {
                lacking.add("the view " + name);
            }
        });
        RawJson filters = current.field("filters").orElse(RawJson.EMPTY_OBJECT);
        design.filters().keySet().stream()
                .filter(each -> !filters.hasField(each))
                .forEach(each -> lacking.add("the filter " + each));
        lacking.sort(String::compareTo);
        return lacking;
    }
}
