package dev.whirl.controller;

import dev.whirl.common.time.SteadyClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.function.Supplier;

/// How the controller sees time and is seen itself.
///
/// @param scrape the text of `/metrics`, of the whole process
/// @param clock what people and other processes are told
/// @param steady how long others have been silent and calls have been away, also while somebody sets the clock
public record Telemetry(MeterRegistry meters, Supplier<String> scrape, InstantSource clock, InstantSource steady) {
    /// With the machine's clocks.
    public Telemetry(MeterRegistry meters, Supplier<String> scrape) {
        this(meters, scrape, InstantSource.system(), new SteadyClock());
    }
}
