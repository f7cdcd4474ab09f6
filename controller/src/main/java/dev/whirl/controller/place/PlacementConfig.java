package dev.whirl.controller.place;

import dev.whirl.common.config.ConfigReader;
import java.time.Duration;
import java.util.Set;

/// How long to wait for a place, and when an invoker counts as gone.
///
/// @param patience how long a call waits for room before it is refused
/// @param waiting most calls that wait for room at a time
/// @param inFlightPerInvoker most invocations that one invoker holds, running or queued
/// @param silence an invoker that said nothing for so long gets no work
/// @param pools which share of the invokers is for what
/// @param acceptedDeadline how long what was accepted before a restart may wait for a place
public record PlacementConfig(
        Duration patience,
        int waiting,
        int inFlightPerInvoker,
        Duration silence,
        Pools pools,
        Duration acceptedDeadline) {
    public static final PlacementConfig DEFAULT =
            new PlacementConfig(Duration.ofSeconds(2), 2_000, 4_096, Duration.ofSeconds(10));

    public PlacementConfig(Duration patience, int waiting, int inFlightPerInvoker, Duration silence) {
        this(patience, waiting, inFlightPerInvoker, silence, Pools.DEFAULT, Duration.ofHours(24));
    }

    public static PlacementConfig read(ConfigReader reader) {
        return new PlacementConfig(
                reader.duration(
                        "placement.patience",
                        DEFAULT.patience,
                        "How long a call waits for room on an invoker before it is refused."),
                Math.toIntExact(reader.number(
                        "placement.waiting",
                        DEFAULT.waiting,
                        0,
                        1_000_000,
                        "Most calls that wait for room at a time.")),
                Math.toIntExact(reader.number(
                        "placement.in-flight-per-invoker",
                        DEFAULT.inFlightPerInvoker,
                        1,
                        1_000_000,
                        "Most invocations that one invoker holds, running or queued.")),
                reader.duration(
                        "placement.invoker-silence",
                        DEFAULT.silence,
                        "An invoker that said nothing for so long gets no work."),
                readPools(reader),
                reader.duration(
                        "placement.accepted-deadline",
                        DEFAULT.acceptedDeadline,
                        "How long an activation that was accepted (202) before a restart may wait for a place; then"
                                + " its record says so."));
    }

    private static Pools readPools(ConfigReader reader) {
        return new Pools(
                (int) reader.number(
                        "placement.managed-percent",
                        DEFAULT.pools.managedPercent(),
                        1,
                        100,
                        "Share of the invokers, from the first one on, that runs the kinds of the manifest."),
                (int) reader.number(
                        "placement.blackbox-percent",
                        DEFAULT.pools.blackboxPercent(),
                        1,
                        100,
                        "Share of the invokers, from the last one back, that runs images of users; one at least."),
                Set.of());
    }
}
