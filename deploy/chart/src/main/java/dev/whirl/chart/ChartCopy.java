package dev.whirl.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A copy of a chart, to be rendered, whose hooks are ordinary objects: Helm leaves hooks out of what it renders in
/// this
/// process. Closing deletes it.
///
/// @param folder of the copy
record ChartCopy(Path folder) implements AutoCloseable {
    private static final String HOOK = "helm.sh/hook";
    private static final String NO_HOOK = "not.helm.sh/hook";

    /// What belongs to the tests of the chart, not to it.
    private static final Set<String> BESIDE = Set.of("src", "target", "pom.xml");

    static ChartCopy of(Path chart) throws IOException {
        Path copy = Files.createTempDirectory("chart-");
        for (Path each : all(chart)) {
            Path relative = chart.relativize(each);
            if (BESIDE.contains(relative.getName(0).toString())) {
                continue;
            }
            if (Files.isDirectory(each)) {
                Files.createDirectories(copy.resolve(relative));
            } else {
                Files.writeString(copy.resolve(relative), Files.readString(each).replace(HOOK, NO_HOOK));
            }
        }
        return new ChartCopy(copy);
    }

    /// What was rendered of the copy, as of the chart itself.
    String restored(String rendered) {
        return rendered.replace(NO_HOOK, HOOK);
    }

    @Override
    public void close() throws IOException {
        for (Path each : all(folder).reversed()) {
            Files.delete(each);
        }
    }

    /// Folders before what is in them.
    private static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.toList();
        }
    }
}
