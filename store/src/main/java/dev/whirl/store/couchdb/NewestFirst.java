package dev.whirl.store.couchdb;

import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Pages of a view by time, newest first; of equal times by id, ascending. CouchDB turns ids round together with
/// times, so rows of one time are put in order here: where a page begins or ends inside of such a group, the group is
/// asked for once more, alone.
final class NewestFirst {
    private final Database database;
    private final ViewQuery query;

    /// A row of a view.
    record Row(String id, RawJson key, RawJson value) {
        static Row of(RawJson row) {
            var fields = row.fields();
            return new Row(
                    fields.getOrDefault("id", RawJson.NULL).asText().orElse(""),
                    fields.getOrDefault("key", RawJson.NULL).compact(),
                    fields.getOrDefault("value", RawJson.NULL));
        }
    }

    /// @param query of a range of keys in ascending order
    NewestFirst(Database database, ViewQuery query) {
        this.database = database;
        this.query = query;
    }

    List<Row> page(int skip, int limit) {
        if (limit <= 0) {
            return List.of();
        }
        int before = Math.min(skip, 1);
        List<Row> rows = rows(query.newestFirst().page((long) skip - before, (long) limit + before + 1));
        return arranged(rows, before, Math.min(rows.size(), before + limit));
    }

    private List<Row> arranged(List<Row> rows, int from, int to) {
        var groups = new HashMap<RawJson, List<Row>>();
        var page = new ArrayList<Row>();
        int begin = from;
        while (begin < to) {
            int end = begin;
            while (end < to && rows.get(end).key().equals(rows.get(begin).key())) {
                end++;
            }
            page.addAll(group(rows, begin, end, groups));
            begin = end;
        }
        return page;
    }

    /// Rows of one time, in the order of their ids; all of their group, if its rows before and after have another.
    private List<Row> group(List<Row> rows, int begin, int end, Map<RawJson, List<Row>> groups) {
        RawJson key = rows.get(begin).key();
        boolean isWhole = (begin == 0 || !rows.get(begin - 1).key().equals(key))
                && (end == rows.size() || !rows.get(end).key().equals(key));
        if (isWhole) {
            return rows.subList(begin, end).stream()
                    .sorted(Comparator.comparing(Row::id))
                    .toList();
        }
        List<Row> group = groups.computeIfAbsent(key, this::group);
        int first = group.size() - 1 - indexOf(group, rows.get(begin).id());
        int last = Math.min(group.size(), first + end - begin);
        return first < 0 || first > last ? rows.subList(begin, end) : group.subList(first, last);
    }

    private static int indexOf(List<Row> group, String id) {
        for (int i = 0; i < group.size(); i++) {
            if (group.get(i).id().equals(id)) {
                return i;
            }
        }
        return group.size();
    }

    private List<Row> group(RawJson key) {
        ViewQuery all = ViewQuery.between(query.view(), key, key);
        return rows(query.isStale() ? all.stale() : all.impatient());
    }

    private List<Row> rows(ViewQuery wanted) {
        return database.rows(wanted).stream().map(Row::of).toList();
    }
}
