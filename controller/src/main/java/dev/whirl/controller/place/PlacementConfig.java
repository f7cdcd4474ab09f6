package dev.whirl.controller.place;

import dev.whirl.common.config.ConfigReader;
import java.time.Duration;

/// How long to wait for a place, and when an invoker counts as gone.
///
/// @param patience how long a call waits for room before it is refused
/// @param waiting most calls that wait for room at a time
/// @param inFlightPerInvoker most invocations that one invoker holds, running or queued
/// @param silence an invoker that said nothing for so long gets no work
public record PlacementConfig(Duration patience, int waiting, int inFlightPerInvoker, Duration silence) {
    public static final PlacementConfig DEFAULT =
            new PlacementConfig(Duration.ofSeconds(2), 2_000, 4_096, Duration.ofSeconds(10));

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
                        "An invoker that said nothing for so long gets no work."));
    }
}
