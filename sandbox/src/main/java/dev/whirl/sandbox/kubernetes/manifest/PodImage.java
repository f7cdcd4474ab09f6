package dev.whirl.sandbox.kubernetes.manifest;

import dev.whirl.sandbox.image.ImageTraits;

/// What a pod's container is made of.
///
/// @param isOwn whether the platform provides it, not a user
/// @param isFloating whether what the name means may be another image tomorrow
public record PodImage(String name, boolean isOwn, boolean isFloating, ImageTraits traits) {}
