package dev.whirl.bus.kafka;

/// One process of a simulated cluster: what it does happens when its time has come and it runs. While it stands still
/// that waits; when it has ended, it never happens.
public interface SimulatedProcess {
    String name();

    /// Whether it lives and does not stand still.
    boolean isRunning();

    /// Whether nothing goes between it and the broker, while both live.
    boolean isCutOff();

    void later(long nanos, Runnable what);
}
