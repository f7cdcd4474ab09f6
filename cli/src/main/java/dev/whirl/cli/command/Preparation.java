package dev.whirl.cli.command;

import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;

/// Prepares the reading of JSON on another processor while the server is asked: the parser needs large numbers of the
/// JDK, whose tables take 13 ms to compute.
final class Preparation {
    private Preparation() {}

    static void start() {
        Thread.ofPlatform().daemon().start(Preparation::readSomething);
    }

    private static void readSomething() {
        try {
            RawJson.parse("[{\"a\":1}]").elements().getFirst().fields();
        } catch (MalformedJsonException e) {
            throw new IllegalStateException(e);
        }
    }
}
