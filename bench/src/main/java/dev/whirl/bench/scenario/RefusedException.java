package dev.whirl.bench.scenario;

import java.io.IOException;

/// A platform did not want to create something.
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
