package dev.whirl.server.cluster;

import dev.whirl.bus.Bus;
import dev.whirl.bus.kafka.SimulatedProcess;
import dev.whirl.model.message.Topic;
import dev.whirl.store.Activations;
import java.time.Duration;

/// The journal of a controller without threads of its own.
public final class SimulatedJournals {
    private SimulatedJournals() {}

    public static ControllerJournal of(
            Bus bus, Topic.Composed topic, Activations activations, SimulatedProcess process) {
        return new ControllerJournal(
                bus, topic, activations, (pause, task) -> process.later(pause.toNanos(), task), Duration.ZERO);
    }
}
