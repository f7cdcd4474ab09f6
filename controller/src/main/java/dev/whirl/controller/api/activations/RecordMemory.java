package dev.whirl.controller.api.activations;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;

/// How much memory records take. The store tells no sizes before it reads.
final class RecordMemory {
    private static final long OVERHEAD = 64 * 1024;

    /// The stored document and what is read from it.
    private static final int COPIES = 2;

    private RecordMemory() {}

    /// While one is read, at most.
    static long most(SystemLimits limits) {
        long logs = limits.logs().max().bytes();
        long result = Math.max(limits.result().bytes(), limits.payload().bytes());
        return COPIES * (logs + logs / 4 + result + OVERHEAD);
    }

    /// What one takes that was read.
    static long held(Activation activation) {
        RawJson result = activation.response().result();
        long bytes = 2048 + activation.annotations().sizeBytes() + (result == null ? 0 : result.sizeBytes());
        for (String line : activation.logs()) {
            bytes += 64 + line.length();
        }
        return bytes;
    }
}
