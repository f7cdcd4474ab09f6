package dev.whirl.sandbox.kubernetes.manifest;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.SandboxSpec;

/// What pod to make.
///
/// @param name of the pod, never given twice
/// @param image what its container is made of
/// @param pullsAlways whether the image is asked for at its registry though a node has one of that name
/// @param bearsReadOnlyRoot whether the image writes to `/tmp` only
public record PodOrder(String name, SandboxSpec spec, String image, boolean pullsAlways, boolean bearsReadOnlyRoot) {
    ByteSize memory() {
        return spec.memory();
    }
}
