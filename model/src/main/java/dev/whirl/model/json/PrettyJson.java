package dev.whirl.model.json;

import java.util.Iterator;
import java.util.Map;

/// JSON for people: one field a line, two spaces a level.
public final class PrettyJson {
    private static final String STEP = "  ";

    private PrettyJson() {}

    public static String of(RawJson json) {
        var out = new StringBuilder(json.sizeBytes() + 64);
        write(out, json, "\n");
        return out.toString();
    }

    private static void write(StringBuilder out, RawJson json, String lineBreak) {
        switch (json.kind()) {
            case OBJECT -> writeObject(out, json, lineBreak);
            case ARRAY -> writeArray(out, json, lineBreak);
            case STRING, NUMBER, BOOLEAN, NULL -> out.append(json);
        }
    }

    private static void writeObject(StringBuilder out, RawJson json, String lineBreak) {
        Iterator<Map.Entry<String, RawJson>> fields = json.fields().entrySet().iterator();
        if (!fields.hasNext()) {
            out.append("{}");
            return;
        }
        out.append('{');
        while (fields.hasNext()) {
            Map.Entry<String, RawJson> each = fields.next();
            out.append(lineBreak)
                    .append(STEP)
                    .append(RawJson.string(each.getKey()))
                    .append(": ");
            write(out, each.getValue(), lineBreak + STEP);
            out.append(fields.hasNext() ? "," : lineBreak + "}");
        }
    }

    private static void writeArray(StringBuilder out, RawJson json, String lineBreak) {
        Iterator<RawJson> elements = json.elements().iterator();
        if (!elements.hasNext()) {
            out.append("[]");
            return;
        }
        out.append('[');
        while (elements.hasNext()) {
            out.append(lineBreak).append(STEP);
            write(out, elements.next(), lineBreak + STEP);
            out.append(elements.hasNext() ? "," : lineBreak + "]");
        }
    }
}
