package dev.whirl.gateway;

import dev.whirl.gateway.document.Target;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What becomes of a request.
public sealed interface Decision {
    /// Answer it so.
    ///
    /// @param fields further headers
    record Reply(int status, RawJson body, SequencedMap<String, String> fields) implements Decision {
        /// The form that errors have (row G-4).
        static Reply error(int status, String sentence) {
            return new Reply(
                    status,
                    new JsonWriter()
                            .startObject()
                            .field("status", status)
                            .field("message", "Error: " + sentence)
                            .endObject()
                            .toRawJson(),
                    new LinkedHashMap<>());
        }

        public Reply with(Map<String, String> more) {
            var all = new LinkedHashMap<>(fields);
            all.putAll(more);
            return new Reply(status, body, all);
        }
    }

    /// Let the target answer it, and put these headers in place of the target's own of CORS.
    ///
    /// @param cors empty: the target's own count
    record Call(Forward forward, SequencedMap<String, String> cors) implements Decision {}

    /// A call as the target gets it.
    ///
    /// @param path with all parameters filled in, as it is sent
    /// @param headers names in lower case
    /// @param body null for that of the request
    record Forward(
            Target target,
            String path,
            String method,
            String query,
            SequencedMap<String, String> headers,
            @Nullable RawJson body) {
        @Override
        public String toString() {
            return "Forward[%s %s]".formatted(method, path);
        }
    }
}
