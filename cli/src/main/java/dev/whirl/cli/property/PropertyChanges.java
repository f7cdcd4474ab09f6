package dev.whirl.cli.property;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.file.FileProblem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes to the properties file, collected and then made at once, with what to say afterwards.
final class PropertyChanges {
    private final Map<String, @Nullable String> values = new LinkedHashMap<>();
    private final List<String> sentences = new ArrayList<>();

    /// Sets a property; null or empty, as for an option that was not given, changes nothing.
    void set(PropertyNames name, @Nullable String value, String sentence) {
        if (value == null || value.isEmpty()) {
            return;
        }
        if (value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == '#')) {
            throw CliException.usage("Unable to set the property value(s): a value holds a line break or '#'");
        }
        values.put(name.key(), value);
        sentences.add(sentence);
    }

    void remove(PropertyNames name, boolean isWanted, String sentence) {
        if (isWanted) {
            values.put(name.key(), null);
            sentences.add(sentence);
        }
    }

    /// @param failure such as `Unable to set the property value(s)`
    void apply(Session session, String failure) {
        if (values.isEmpty()) {
            throw CliException.usage(
                    "Invalid argument(s). Name a property: --apihost, --auth, --apiversion, --cert or --key.");
        }
        try {
            session.propertiesFile().change(values);
        } catch (IOException e) {
            String place = e instanceof CharacterCodingException ? " in '" + session.propertiesFile() + "'" : "";
            throw CliException.general(failure + place + ": " + FileProblem.of(e));
        }
        sentences.forEach(session.out()::ok);
    }
}
