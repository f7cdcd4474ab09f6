package dev.whirl.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The promises as the table of the specification, in Markdown.
public final class SpecificationTable {
    /// The lines around the table in the specification.
    public static final String BEGIN = "<!-- promises: generated from bench/src/main/resources/dev/whirl/bench/"
            + "promises.json; renew with: mvn -pl bench test -Dtest=SpecificationTableTest -Dwhirl.regenerate=true -->";

    public static final String END = "<!-- end of promises -->";

    private SpecificationTable() {}

    public static String of(Promises promises) {
        Map<String, List<Promise>> rows = new LinkedHashMap<>();
        promises.entries()
                .forEach(promise -> rows.computeIfAbsent(promise.scenario(), _ -> new ArrayList<>())
                        .add(promise));
        var text = new StringBuilder("| scenario | promise | `./whirl bench` |\n|---|---|---|\n");
        rows.forEach((scenario, row) -> text.append(line(scenario, row)));
        return text.toString();
    }

    /// Reasons why less is promised than is aimed at, one paragraph each; empty if all aims are promised.
    public static String reasons(Promises promises) {
        return promises.entries().stream()
                .filter(promise -> promise.because() != null)
                .map(promise -> "- %s, %s: the aim is %s. %s\n"
                        .formatted(promise.scenario(), promise.what(), promise.aimText(), promise.because()))
                .distinct()
                .collect(Collectors.joining());
    }

    private static String line(String scenario, List<Promise> row) {
        String bounds = row.stream()
                .map(promise -> (promise.what() + " " + promise.boundText()).strip())
                .collect(Collectors.joining("; "));
        String commands = row.stream().map(Promise::command).distinct().collect(Collectors.joining(", "));
        return "| %s | %s | %s |\n".formatted(scenario, bounds, commands);
    }
}
