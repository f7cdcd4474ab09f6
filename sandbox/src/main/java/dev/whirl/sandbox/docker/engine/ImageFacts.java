package dev.whirl.sandbox.docker.engine;

import java.util.List;
import java.util.Map;

/// What the engine knows of an image.
///
/// @param id of its content
/// @param digests by which registries know it
public record ImageFacts(String id, List<String> digests, Map<String, String> labels) {
    public ImageFacts {
        digests = List.copyOf(digests);
        labels = Map.copyOf(labels);
    }
}
