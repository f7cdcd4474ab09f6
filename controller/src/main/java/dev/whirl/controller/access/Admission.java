package dev.whirl.controller.access;

/// The right to run one invocation, counted as in flight. Closing it gives it back, unless it was handed over
/// to the invocation, which then gives it back when it ends. Used by one thread.
public final class Admission implements AutoCloseable {
    private final InFlight inFlight;
    private final String namespaceUuid;
    private boolean isHandedOver;

    Admission(InFlight inFlight, String namespaceUuid) {
        this.inFlight = inFlight;
        this.namespaceUuid = namespaceUuid;
    }

    /// From here on somebody else gives it back, by the namespace's id.
    public void handOver() {
        isHandedOver = true;
    }

    /// Once is enough; more often does no harm.
    @Override
    public void close() {
        if (!isHandedOver) {
            isHandedOver = true;
            inFlight.leave(namespaceUuid);
        }
    }
}
