package dev.whirl.e2e.rows;

import dev.whirl.e2e.rows.Rows.Difference;
import dev.whirl.e2e.rows.Rows.Titled;
import java.nio.file.Path;
import java.util.StringJoiner;

/// Writes `docs/reference/compatibility.md`.
final class CompatibilityPage {
    private static final String HEAD = """
            # Compatibility with OpenWhisk

            <!-- Generated from the tests' tags. To renew it: mvn -pl e2e test -Dtest=CompatibilityPageTest \
            -Dwhirl.regenerate=true -->

            Each row is one piece of OpenWhisk's behaviour that clients see. A row is *proved* by the tests that carry its \
            id as their tag, which run with every build; so do the npm packages `openwhisk` and `openwhisk-composer`, \
            unchanged.

            """;
    private static final String TABLE = "| row | what | | tests |\n|---|---|---|---|\n";

    private final Rows rows;
    private final TaggedTests tests;

    CompatibilityPage(Rows rows, TaggedTests tests) {
        this.rows = rows;
        this.tests = tests;
    }

    String text() {
        var page = new StringBuilder(HEAD);
        writeDifferences(page);
        String section = "";
        for (Titled row : rows.titled()) {
            if (!row.section().equals(section)) {
                section = row.section();
                page.append("\n## ").append(section).append("\n\n").append(TABLE);
            }
            page.append("| %s | %s | %s | %s |%n".formatted(row.id(), row.title(), state(row), tests(row)));
        }
        return page.toString();
    }

    private void writeDifferences(StringBuilder page) {
        page.append("## Deliberately different\n\n| row | what | how and why |\n|---|---|---|\n");
        for (Titled row : rows.titled()) {
            Difference difference = rows.differences().get(row.id());
            if (difference != null) {
                page.append("| %s | %s | %s |%n".formatted(row.id(), row.title(), difference.reason()));
            }
        }
    }

    private String state(Titled row) {
        Difference difference = rows.differences().get(row.id());
        return difference == null ? "proved" : difference.isOffered() ? "deliberately different" : "not offered";
    }

    private String tests(Titled row) {
        var links = new StringJoiner(", ");
        for (Path file : tests.files(row.id())) {
            String name = file.getFileName().toString().replace(".java", "");
            links.add("[%s](../../%s)".formatted(name, file.toString().replace('\\', '/')));
        }
        return links.toString();
    }
}
