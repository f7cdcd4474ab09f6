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
        boolean forks) {
    private static final int UNCOUNTED_FILES = 256;

    /// Each open file can be a socket with buffers in the kernel: there are fewer where nobody counts those.
    int openFiles(boolean countsAllMemory) {
        return countsAllMemory ? openFiles : Math.min(openFiles, UNCOUNTED_FILES);
    }
}
