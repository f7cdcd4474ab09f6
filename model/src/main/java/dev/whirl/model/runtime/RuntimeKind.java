package dev.whirl.model.runtime;

import dev.whirl.common.units.ByteSize;
import java.util.List;

/// One language in one version (row K-1).
///
/// @param kind its name, such as `nodejs:20`
/// @param aliases older kinds of the family that this one serves
/// @param isDefault whether `<family>:default` means it
/// @param requiresMain whether users must name the entry point
/// @param image the container image, `[registry/]prefix/name:tag`
/// @param stemCells sandboxes to keep ready before anybody asks
public record RuntimeKind(
        String family,
        String kind,
        List<String> aliases,
        boolean isDefault,
        boolean isDeprecated,
        boolean requiresMain,
        String image,
        List<StemCell> stemCells) {
    /// How many ready sandboxes of which size.
    public record StemCell(int count, ByteSize memory) {}

    public RuntimeKind {
        aliases = List.copyOf(aliases);
        stemCells = List.copyOf(stemCells);
    }
}
