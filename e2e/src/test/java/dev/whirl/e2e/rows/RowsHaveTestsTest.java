package dev.whirl.e2e.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every row of `rows.txt` is proved by a test that carries its tag, in whatever module.
class RowsHaveTestsTest {
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([^\"]+)\"\\)");

    @Test
    void everyRowHasATestThatCarriesItsTag() throws IOException {
        Set<String> missing = rows();
        missing.removeAll(tags());

        assertThat(missing).as("rows without a test").isEmpty();
    }

    private static Set<String> rows() throws IOException {
        try (InputStream in = Objects.requireNonNull(RowsHaveTestsTest.class.getResourceAsStream("/rows.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceAll("#.*", ""))
                    .flatMap(line -> Stream.of(line.strip().split("\\s+")))
                    .filter(row -> !row.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> tags() throws IOException {
        try (Stream<Path> all = Files.walk(Repository.root())) {
            return all.filter(RowsHaveTestsTest::isTestSource)
                    .flatMap(file -> TAG.matcher(read(file)).results())
                    .map(match -> match.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static boolean isTestSource(Path file) {
        String path = file.toString();
        return path.endsWith(".java") && (path.contains("/src/test/") || path.contains("/runtimes/contract/src/"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
