package dev.whirl.cli.api;

import dev.whirl.cli.output.Terminal;
import dev.whirl.cli.output.Text;
import dev.whirl.client.ApiDescription;
import dev.whirl.client.ApiDescription.Operation;
import dev.whirl.client.ApiQuery;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What `wsk api list` prints: a line, or a paragraph, for each operation.
record ApiTable(List<Row> rows) {
    private static final int MAX_ACTION = 40;
    private static final int MAX_NAME = 30;
    private static final int VERB_WIDTH = 7;

    /// @param url of the operation
    record Row(Operation operation, String name, String basePath, String url) {
        String sortKey() {
            return (name + " " + basePath + " " + operation.path() + " " + operation.verb()).toLowerCase(Locale.ROOT);
        }
    }

    static ApiTable of(List<ApiDescription> apis, ApiQuery query, boolean sortsByName) {
        Stream<Row> rows = apis.stream()
                .flatMap(api -> api.operations().stream()
                        .filter(each -> query.path() == null || query.path().equals(each.path()))
                        .filter(each -> query.verb() == null || query.verb().equalsIgnoreCase(each.verb()))
                        .map(each -> new Row(each, api.name(), api.basePath(), api.url() + each.path())));
        return new ApiTable((sortsByName ? rows.sorted(Comparator.comparing(Row::sortKey)) : rows).toList());
    }

    /// APIs by their names and base paths.
    static List<ApiDescription> sorted(List<ApiDescription> apis) {
        return apis.stream()
                .sorted(Comparator.comparing(api -> (api.name() + " " + api.basePath()).toLowerCase(Locale.ROOT)))
                .toList();
    }

    void print(Terminal out) {
        int actionWidth = width(
                MAX_ACTION, "Action", rows.stream().map(row -> row.operation().action()));
        int nameWidth = width(MAX_NAME, "API Name", rows.stream().map(Row::name)) + 1;
        if (rows.isEmpty()) {
            actionWidth = 30;
            nameWidth = 20;
        }
        out.line(out.bold(line(actionWidth, nameWidth, "Action", "Verb", "API Name", "URL")));
        for (Row row : rows) {
            out.line(line(
                    actionWidth,
                    nameWidth,
                    cut(row.operation().action(), MAX_ACTION),
                    row.operation().verb(),
                    cut(row.name(), MAX_NAME),
                    row.url()));
        }
    }

    void printParagraphs(Terminal out) {
        for (Row row : rows) {
            out.line("Action: " + out.bold(row.operation().action()));
            out.line("  API Name: " + row.name());
            out.line("  Base path: " + row.basePath());
            out.line("  Path: " + row.operation().path());
            out.line("  Verb: " + row.operation().verb());
            out.line("  URL: " + row.url());
        }
    }

    private static String line(int actionWidth, int nameWidth, String... cells) {
        return Text.padded(cells[0], actionWidth) + " " + Text.indented(cells[1], VERB_WIDTH) + " "
                + Text.indented(cells[2], nameWidth) + "  " + cells[3];
    }

    private static int width(int max, String title, Stream<String> cells) {
        return Math.min(max, cells.mapToInt(String::length).reduce(title.length(), Math::max));
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max);
    }
}
