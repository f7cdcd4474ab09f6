package dev.whirl.controller.api.http;

import dev.whirl.model.json.JsonWriter;
import java.util.Iterator;
import java.util.List;

/// Answers with lists whose rows may be large: each is read when the one before is written, and only one is held.
/// Short lists are one piece with a length, as other answers.
public final class ListAnswer {
    private static final int SHORT = 64 * 1024;

    private ListAnswer() {}

    /// Writes a row, or nothing if it is gone by now.
    public interface Row<K> {
        void write(K key, JsonWriter out);
    }

    /// @param rowBytes how much memory a row takes at most
    /// @throws dev.whirl.model.ApiException 503 if there is no memory for the first rows
    public static <K> Answer of(ApiRequest request, List<K> keys, long rowBytes, Row<K> row) {
        Iterator<K> rest = keys.iterator();
        var beginning = new JsonWriter(4096).startArray();
        while (rest.hasNext() && beginning.sizeBytes() < SHORT) {
            K key = rest.next();
            request.withMemory(rowBytes, () -> row.write(key, beginning));
        }
        if (!rest.hasNext() && beginning.sizeBytes() < SHORT) {
            return Answer.json(200, beginning.endArray());
        }
        request.reserveMemory(beginning.sizeBytes());
        return Answer.json(200, stream -> {
            JsonWriter out = beginning.to(stream);
            while (rest.hasNext()) {
                K key = rest.next();
                request.withMemory(rowBytes, () -> row.write(key, out));
            }
            out.endArray().flush();
        });
    }
}
