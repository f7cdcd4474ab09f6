package dev.whirl.server.admin;

import dev.whirl.model.json.RawJson;
import java.util.TreeMap;
import java.util.function.Consumer;

/// JSON as `wskadmin` prints it: fields sorted, one a line, four spaces a level. A line is handed on as soon as it is
/// whole.
final class SortedJson {
    private static final String STEP = "    ";

    private final Consumer<String> out;
    private final StringBuilder line = new StringBuilder();

    SortedJson(Consumer<String> out) {
        this.out = out;
    }

    /// Prints a value.
    ///
    /// @param indent before each of its lines
    /// @param before in front of the first of them
    /// @param after behind the last
    void print(String indent, String before, RawJson json, String after) {
        line.append(indent).append(before);
        write(indent, json);
        line.append(after);
        end();
    }

    private void write(String indent, RawJson json) {
        switch (json.kind()) {
            case OBJECT -> writeObject(indent, json);
            case ARRAY -> writeArray(indent, json);
            case STRING, NUMBER, BOOLEAN, NULL -> line.append(json);
        }
    }

    private void writeObject(String indent, RawJson json) {
        var fields = new TreeMap<>(json.fields());
        if (fields.isEmpty()) {
            line.append("{}");
            return;
        }
        line.append('{');
        end();
        String last = fields.lastKey();
        fields.forEach((name, value) -> {
            line.append(indent).append(STEP).append(RawJson.string(name)).append(": ");
            write(indent + STEP, value);
            line.append(name.equals(last) ? "" : ",");
            end();
        });
        line.append(indent).append('}');
    }

    private void writeArray(String indent, RawJson json) {
        int left = json.elements().size();
        if (left == 0) {
            line.append("[]");
            return;
        }
        line.append('[');
        end();
        for (RawJson each : json.elements()) {
            line.append(indent).append(STEP);
            write(indent + STEP, each);
            line.append(--left == 0 ? "" : ",");
            end();
        }
        line.append(indent).append(']');
    }

    private void end() {
        out.accept(line.toString());
        line.setLength(0);
    }
}
