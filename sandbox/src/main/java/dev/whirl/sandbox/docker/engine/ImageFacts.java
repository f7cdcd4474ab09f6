package dev.whirl.sandbox.docker.engine;

import dev.whirl.common.units.ByteSize;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the engine knows of an image.
///
/// @param id of its content
/// @param digests by which registries know it
/// @param volumes folders for which the engine would make one on its disk with each container
/// @param size on the engine's disk, with what it shares with others
public record ImageFacts(
        String id, List<String> digests, Map<String, String> labels, Set<String> volumes, ByteSize size) {
    public ImageFacts {
        volumes = Set.copyOf(volumes);
        digests = List.copyOf(digests);
        labels = Map.copyOf(labels);
    }
}
