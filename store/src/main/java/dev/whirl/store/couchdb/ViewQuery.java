package dev.whirl.store.couchdb;

import dev.whirl.model.ApiException;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A question to a view. Rows come in the order of their keys, or the other way round.
///
/// @param view `design/view`
/// @param from first key in the order asked for, null for no bound
/// @param to last key in that order, itself included
/// @param isStale whether rows may be older than what was written last
/// @param isImpatient whether it is not asked again when it takes too long
/// @param shape what is added to the query: reducing, documents
record ViewQuery(
        String view,
        @Nullable RawJson from,
        @Nullable RawJson to,
        boolean isDescending,
        long skip,
        long limit,
        boolean isStale,
        boolean isImpatient,
        String shape) {
    private static final long NO_LIMIT = -1;
    private static final String ROWS = "&reduce=false";

    /// Behind every text and number in CouchDB's order.
    static final RawJson LAST = RawJson.EMPTY_OBJECT;

    /// All rows whose keys are in a range, for views that can count.
    static ViewQuery between(String view, RawJson first, RawJson last) {
        return new ViewQuery(view, first, last, false, 0, NO_LIMIT, false, false, ROWS);
    }

    /// All rows of a view that has no reduce function.
    static ViewQuery plain(String view, @Nullable RawJson first, @Nullable RawJson last) {
        return new ViewQuery(view, first, last, false, 0, NO_LIMIT, false, false, "");
    }

    /// One count for each first element of the keys.
    static ViewQuery countsByFirst(String view) {
        return new ViewQuery(view, null, null, false, 0, NO_LIMIT, false, false, "&reduce=true&group_level=1");
    }

    ViewQuery newestFirst() {
        return new ViewQuery(view, to, from, true, skip, limit, isStale, isImpatient, shape);
    }

    ViewQuery page(long first, long most) {
        return new ViewQuery(view, from, to, isDescending, first, most, isStale, isImpatient, shape);
    }

    ViewQuery withDocuments() {
        return new ViewQuery(
                view, from, to, isDescending, skip, limit, isStale, isImpatient, shape + "&include_docs=true");
    }

    ViewQuery stale() {
        return new ViewQuery(view, from, to, isDescending, skip, limit, true, false, shape);
    }

    ViewQuery impatient() {
        return new ViewQuery(view, from, to, isDescending, skip, limit, isStale, true, shape);
    }

    ViewQuery counting() {
        return new ViewQuery(view, from, to, isDescending, 0, NO_LIMIT, isStale, isImpatient, "&reduce=true");
    }

    String path() {
        int slash = view.indexOf('/');
        var path = new StringBuilder("_design/")
                .append(Call.encoded(view.substring(0, slash)))
                .append("/_view/")
                .append(Call.encoded(view.substring(slash + 1)))
                .append("?descending=")
                .append(isDescending)
                .append(shape);
        add(path, "startkey", from);
        add(path, "endkey", to);
        if (skip > 0) {
            path.append("&skip=").append(skip);
        }
        if (limit != NO_LIMIT) {
            path.append("&limit=").append(limit);
        }
        return path.append(isStale ? "&stale=update_after" : "").toString();
    }

    /// A key of texts and numbers.
    static RawJson key(Object... parts) {
        var key = new JsonWriter().startArray();
        for (Object each : parts) {
            switch (each) {
                case String text -> key.string(text);
                case Long number -> key.number(number);
                case RawJson json -> key.value(json);
                default -> throw new IllegalArgumentException("no part of a key: " + each.getClass());
            }
        }
        return key.endArray().toRawJson();
    }

    /// The namespace of a row whose key begins with a path; empty if it is none, as in a document of nobody knows whom.
    static Optional<NamespaceName> namespace(RawJson row) {
        try {
            return row.field("key")
                    .flatMap(key -> key.elements().stream().findFirst())
                    .flatMap(RawJson::asText)
                    .map(path -> new NamespaceName(path.split("/", 2)[0]));
        } catch (ApiException _) {
            return Optional.empty();
        }
    }

    private static void add(StringBuilder path, String name, @Nullable RawJson key) {
        if (key != null) {
            path.append('&').append(name).append('=').append(Call.encoded(key.toString()));
        }
    }
}
