package dev.whirl.sandbox.docker.engine;

import java.nio.file.Path;

/// @param socket of the engine
/// @param operations most requests that change containers at a time
/// @param pulls most images on their way at a time
/// @param publishes whether containers are reached through this machine's loopback, because their own addresses are
///     not this machine's, as with Docker Desktop
public record EngineSettings(Path socket, int operations, int pulls, boolean publishes) {}
