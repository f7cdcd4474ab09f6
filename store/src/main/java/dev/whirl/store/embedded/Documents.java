package dev.whirl.store.embedded;

import dev.whirl.model.ApiException;
import dev.whirl.model.json.MalformedDocumentException;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.StoreException;
import java.util.function.Function;

/// Reads documents that were stored.
final class Documents {
    private Documents() {}

    /// @param name of the document, for the message
    /// @throws StoreException.Corrupted if it is damaged
    static <T> T read(String name, byte[] stored, Function<RawJson, T> codec) {
        try {
            return codec.apply(RawJson.parse(stored));
        } catch (MalformedJsonException | MalformedDocumentException | IllegalArgumentException | ApiException e) {
            throw new StoreException.Corrupted(
                    name, "The stored document of %s is damaged: %s".formatted(name, e.getMessage()), e);
        }
    }
}
