package dev.whirl.cli;

import dev.whirl.cli.command.CommandIndex;
import dev.whirl.cli.command.CommandIndex.Entry;
import dev.whirl.cli.command.DeclaredOption;
import java.util.List;
import java.util.stream.Collectors;

/// Writes `docs/reference/cli.md`.
final class ReferencePage {
    private static final String HEAD = """
            # `wsk`: all commands

            <!-- Generated from the commands. To renew it: mvn -pl cli -am test -Dtest=ReferencePageTest \
            -Dwhirl.regenerate=true -Dsurefire.failIfNoSpecifiedTests=false -->

            The [guide](../guide/wsk.md) tells how to use them, and what the exit codes mean. `wsk --version` prints the \
            version.

            ## Options of every command

            """;

    private final CommandIndex index;

    ReferencePage(CommandIndex index) {
        this.index = index;
    }

    String text() {
        var page = new StringBuilder(HEAD);
        table(page, index.globals());
        List<Entry> entries = index.entries();
        index.groups().forEach(group -> {
            page.append("%n## `wsk %s`%n%n%s.%n".formatted(group.name(), sentence(group.summary())));
            entries.stream()
                    .filter(entry ->
                            entry.path().size() == 2 && entry.path().getFirst().equals(group.name()))
                    .forEach(entry -> write(page, entry));
        });
        page.append("\n## Commands of their own\n");
        entries.stream().filter(entry -> entry.path().size() == 1).forEach(entry -> write(page, entry));
        return page.toString();
    }

    private static void write(StringBuilder page, Entry entry) {
        String synopsis = entry.synopsis().isEmpty() ? "" : " " + entry.synopsis();
        page.append("%n### `wsk %s%s`%n%n%s.%n%n".formatted(entry.name(), synopsis, sentence(entry.summary())));
        List<DeclaredOption> own = entry.options();
        if (!own.isEmpty()) {
            table(page, own);
            page.append('\n');
        }
        page.append("```sh\n%s\n```\n".formatted(String.join("\n", entry.examples())));
    }

    private static void table(StringBuilder page, List<DeclaredOption> options) {
        page.append("| option | what it does |\n|---|---|\n");
        options.forEach(option -> {
            String names = option.names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
            String label = option.label().isEmpty() ? "" : " `" + option.label() + "`";
            page.append("| %s%s | %s |%n"
                    .formatted(names, label, option.description().replace("|", "\\|")));
        });
    }

    private static String sentence(String summary) {
        return Character.toUpperCase(summary.charAt(0)) + summary.substring(1);
    }
}
