package dev.whirl.sandbox.process.launch;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.process.network.NetworkSettings;

/// What is the same for every sandbox of a server.
///
/// @param forks whether runtimes that can are started from a warm parent
public record LaunchSettings(
        Isolation isolation,
        NetworkSettings network,
        int maxProcesses,
        int openFiles,
        ByteSize tmpSize,
        boolean forks) {}
