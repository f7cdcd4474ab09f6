package dev.whirl.sandbox.kubernetes.manifest;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.SandboxSpec;

/// What pod to make.
///
/// @param name of the pod, never given twice
/// @param image what its container is made of
public record PodOrder(String name, SandboxSpec spec, PodImage image) {
    ByteSize memory() {
        return spec.memory();
    }

    boolean bearsReadOnlyRoot() {
        return image.traits().bearsReadOnlyRoot();
    }
}
