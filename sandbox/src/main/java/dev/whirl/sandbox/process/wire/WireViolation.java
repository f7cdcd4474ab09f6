package dev.whirl.sandbox.process.wire;

/// The runtime sent what the wire does not allow. The message says what, for the operator's log.
final class WireViolation extends Exception {
    WireViolation(String message) {
        super(message);
    }
}
