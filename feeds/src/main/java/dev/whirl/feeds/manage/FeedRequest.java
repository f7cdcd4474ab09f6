package dev.whirl.feeds.manage;

import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A call of a feed action, as the platform sees it.
///
/// @param namespace of the caller
/// @param key of the caller
/// @param parameters of the action, with `lifecycleEvent` and `triggerName`
public record FeedRequest(
        FeedKind kind, NamespaceName namespace, AuthKey key, SequencedMap<String, RawJson> parameters) {
    public FeedRequest {
        parameters = new LinkedHashMap<>(parameters);
    }

    String text(String name) {
        return parameters.getOrDefault(name, RawJson.NULL).asText().orElse("");
    }

    /// Without key and parameters, which may hold secrets.
    @Override
    public String toString() {
        return "%s feed of %s".formatted(kind.word(), namespace);
    }
}
