package dev.whirl.e2e.rows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The rows of behaviour in `rows.txt`, and where Whirl deliberately differs, from `differences.txt`.
final class Rows {
    private static final Pattern ENTRY = Pattern.compile("([A-Z]-\\d+): (.+)");
    private static final String NOT_OFFERED = "not offered. ";

    /// A row that readers of the documentation are told about.
    ///
    /// @param section headline above it
    record Titled(String id, String section, String title) {}

    /// @param isOffered false if there is nothing that a test could prove
    record Difference(String reason, boolean isOffered) {}

    private final List<Titled> titled = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final Map<String, Difference> differences = new LinkedHashMap<>();

    Rows() {
        readRows();
        lines("/differences.txt").forEach(this::readDifference);
    }

    private void readRows() {
        String section = "";
        for (String line : lines("/rows.txt")) {
            Matcher entry = ENTRY.matcher(line);
            if (line.startsWith("#")) {
                section = line.substring(1).strip();
            } else if (entry.matches()) {
                titled.add(new Titled(entry.group(1), section, entry.group(2)));
                ids.add(entry.group(1));
            } else if (!line.isBlank()) {
                ids.addAll(List.of(line.strip().split("\\s+")));
            }
        }
    }

    private void readDifference(String line) {
        Matcher entry = ENTRY.matcher(line);
        if (entry.matches()) {
            String text = entry.group(2);
            boolean isOffered = !text.startsWith(NOT_OFFERED);
            String reason = isOffered ? text : text.substring(NOT_OFFERED.length());
            differences.put(entry.group(1), new Difference(reason, isOffered));
        }
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(Rows.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All rows, attacks and traps, with a title or without.
    List<String> ids() {
        return List.copyOf(ids);
    }

    List<Titled> titled() {
        return List.copyOf(titled);
    }

    Map<String, Difference> differences() {
        return Map.copyOf(differences);
    }
}
