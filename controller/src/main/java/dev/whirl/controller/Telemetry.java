package dev.whirl.controller;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.function.Supplier;

/// How the controller sees time and is seen itself.
///
/// @param scrape the text of `/metrics`, of the whole process
public record Telemetry(MeterRegistry meters, Supplier<String> scrape, InstantSource clock) {}
