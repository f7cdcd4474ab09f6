package dev.whirl.cli.project.manifest;

import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;

/// Writes parameters in the form in which they are read as they are (row L-40).
public final class InputWriter {
    private InputWriter() {}

    /// @param isInit whether it goes to the environment when code is loaded
    public static RawJson written(RawJson value, boolean isInit) {
        if (!isInit && !InputReader.meansSomethingElse(value)) {
            return value;
        }
        var fields = new LinkedHashMap<String, RawJson>();
        fields.put("value", value);
        if (isInit) {
            fields.put("init", RawJson.TRUE);
        }
        return RawJson.object(fields);
    }
}
