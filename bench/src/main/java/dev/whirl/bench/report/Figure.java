package dev.whirl.bench.report;

/// One number that a repetition found, with a name that stays the same from version to version.
///
/// @param name such as `node-echo-concurrency-1@32/per-second`; it ends in its unit where there is one
public record Figure(String name, double value) {}
