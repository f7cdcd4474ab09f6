package dev.whirl.feeds.simulation;

import java.util.Random;

/// What goes wrong, by a seed. Faults can be switched off.
final class Chance {
    private final Random random;
    private final double crash;
    private final double failure;

    /// @param crash how probable it is that a process dies, at each point where it may
    /// @param failure how probable it is that a call fails
    Chance(long seed, double crash, double failure) {
        this.random = new Random(seed);
        this.crash = crash;
        this.failure = failure;
    }

    boolean crashes() {
        return random.nextDouble() < crash;
    }

    boolean storeFails() {
        return random.nextDouble() < failure / 4;
    }

    boolean callFails() {
        return random.nextDouble() < failure;
    }

    int number(int bound) {
        return random.nextInt(bound);
    }
}
