package dev.whirl.cli.output;

import dev.whirl.model.json.RawJson;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes JSON as YAML: block style, two spaces a level. A string is written plainly if it can mean nothing else,
/// and as in JSON, which is YAML too, if it can.
public final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./@-]*(?: [A-Za-z0-9_./@-]+)*");

    /// Words that readers of YAML take for something else.
    private static final Set<String> TAKEN = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private final StringBuilder out = new StringBuilder();

    private YamlText() {}

    /// The whole document, with a line break at its end.
    public static String of(RawJson value) {
        var text = new YamlText();
        if (isNested(value)) {
            text.block(value, 0);
        } else {
            text.out.append(scalar(value)).append('\n');
        }
        return text.out.toString();
    }

    private void block(RawJson value, int depth) {
        if (value.isObject()) {
            for (Map.Entry<String, RawJson> field : value.fields().entrySet()) {
                out.repeat("  ", depth).append(text(field.getKey())).append(':');
                inField(field.getValue(), depth);
            }
        } else {
            value.elements().forEach(element -> inArray(element, depth));
        }
    }

    private void inField(RawJson value, int depth) {
        if (isNested(value)) {
            out.append('\n');
            block(value, value.isObject() ? depth + 1 : depth);
        } else {
            out.append(' ').append(scalar(value)).append('\n');
        }
    }

    /// The first line of an element stands beside the dash.
    private void inArray(RawJson element, int depth) {
        out.repeat("  ", depth).append("- ");
        if (isNested(element)) {
            int start = out.length();
            block(element, depth + 1);
            out.delete(start, start + 2 * (depth + 1));
        } else {
            out.append(scalar(element)).append('\n');
        }
    }

    private static boolean isNested(RawJson value) {
        return switch (value.kind()) {
            case OBJECT -> !value.fields().isEmpty();
            case ARRAY -> !value.elements().isEmpty();
            case STRING, NUMBER, BOOLEAN, NULL -> false;
        };
    }

    private static String scalar(RawJson value) {
        return switch (value.kind()) {
            case STRING -> text(value.asText().orElseThrow());
            case OBJECT -> "{}";
            case ARRAY -> "[]";
            case NUMBER, BOOLEAN, NULL -> value.toString();
        };
    }

    private static String text(String text) {
        boolean isPlain = PLAIN.matcher(text).matches() && !TAKEN.contains(text.toLowerCase(Locale.ROOT));
        return isPlain ? text : RawJson.string(text).toString();
    }
}
