package dev.whirl.feeds.simulation;

/// A simulated process dies here.
final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash() {
        super("crash", null, false, false);
    }
}
