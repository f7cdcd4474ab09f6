package dev.whirl.sandbox;

/// Whether a runtime can run on this backend.
///
/// @param runtime the kind, such as `python:3.11`
/// @param explanation where it was found (`/usr/bin/python3`), or why it is not here and what to do (`needs
///     docker`)
public record RuntimeReadiness(String runtime, boolean isReady, String explanation) {}
