package dev.whirl.controller.api.http;

import dev.whirl.model.Messages;

/// Which part of a list is asked for (row R-11).
///
/// @param isCount whether only the number of rows is asked for
public record ListQuery(int skip, int limit, boolean isCount) {
    private static final int STANDARD = 30;
    private static final int MAX = 200;

    /// @param collection the name of the list, for the sentences
    /// @throws dev.whirl.model.ApiException 400
    public static ListQuery of(Query query, String collection) {
        return new ListQuery(skip(query, collection), limit(query, collection), query.flag("count", false));
    }

    private static int limit(Query query, String collection) {
        String text = query.find("limit").orElse(Integer.toString(STANDARD));
        int limit = number("limit", text, collection);
        if (limit < 0 || limit > MAX) {
            throw Query.malformed("limit", Messages.listLimitOutOfRange(text, MAX, collection));
        }
        return limit == 0 ? MAX : limit;
    }

    private static int skip(Query query, String collection) {
        String text = query.find("skip").orElse("0");
        int skip = number("skip", text, collection);
        if (skip < 0) {
            throw Query.malformed("skip", Messages.listSkipOutOfRange(text, collection));
        }
        return skip;
    }

    private static int number(String name, String text, String collection) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Query.malformed(name, Messages.notAnInteger(text, collection));
        }
    }
}
