package dev.whirl.sandbox.process.launch;

import dev.whirl.common.units.ByteSize;

/// What is the same for every sandbox of a server.
///
/// @param apiHost of this platform's REST API, as functions see it
public record LaunchSettings(
        Isolation isolation, Network network, int maxProcesses, int openFiles, ByteSize tmpSize, String apiHost) {}
