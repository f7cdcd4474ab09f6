package dev.whirl.server;

import dev.whirl.common.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A configuration file: one `key = value` a line, `#` begins a comment line.
final class ConfigFile {
    private static final long MAX_BYTES = 1024 * 1024;

    private ConfigFile() {}

    /// Reads all pairs.
    ///
    /// @throws ConfigException naming the file, and the line where there is one
    static Map<String, String> read(Path file) {
        var values = new LinkedHashMap<String, String>();
        var problems = new ArrayList<String>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                addPair(text, file + ":" + number, values, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return values;
    }

    private static void addPair(String text, String place, Map<String, String> values, List<String> problems) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            problems.add("%s: expected 'key = value', found '%s'".formatted(place, text));
        } else if (values.put(
                        text.substring(0, equals).strip(),
                        text.substring(equals + 1).strip())
                != null) {
            problems.add("%s: key '%s' is there twice"
                    .formatted(place, text.substring(0, equals).strip()));
        }
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigException(List.of("configuration file %s is larger than 1 MB".formatted(file)));
            }
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException(List.of("configuration file %s does not exist".formatted(file)));
        } catch (IOException e) {
            throw new ConfigException(
                    List.of("configuration file %s can't be read: %s".formatted(file, e.getMessage())));
        }
    }
}
