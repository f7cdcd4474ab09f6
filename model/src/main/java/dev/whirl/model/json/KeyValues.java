package dev.whirl.model.json;

import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.Parameter;
import dev.whirl.model.entity.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;

/// Parameters and annotations as they are stored and shown: arrays of `{"key","value","init"?,"encryption"?}`
/// (row R-14).
public final class KeyValues {
    private KeyValues() {}

    public static void write(JsonWriter out, Parameters parameters) {
        out.startArray();
        for (Parameter each : parameters.list()) {
            out.startObject().field("key", each.key()).field("value", each.value());
            if (each.isInit()) {
                out.field("init", true);
            }
            if (each.encryption() != null) {
                out.field("encryption", each.encryption());
            }
            out.endObject();
        }
        out.endArray();
    }

    public static void write(JsonWriter out, Annotations annotations) {
        out.startArray();
        annotations
                .values()
                .forEach((key, value) -> out.startObject()
                        .field("key", key)
                        .field("value", value)
                        .endObject());
        out.endArray();
    }

    static Parameters parameters(DocumentFields document, String name) {
        return new Parameters(document.objects(
                name,
                each -> new Parameter(
                        each.text("key"), value(each), each.flag("init"), each.textOrNull("encryption"))));
    }

    static Annotations annotations(DocumentFields document, String name) {
        var values = new LinkedHashMap<String, RawJson>();
        document.objects(name, each -> Map.entry(each.text("key"), value(each)))
                .forEach(each -> values.put(each.getKey(), each.getValue()));
        return values.isEmpty() ? Annotations.NONE : new Annotations(values);
    }

    private static RawJson value(DocumentFields each) {
        return each.findWithNull("value").orElse(RawJson.NULL);
    }
}
