package dev.whirl.controller;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.model.limits.Range;
import dev.whirl.model.limits.SystemLimits;
import java.time.Duration;

/// Reads the keys `limits.*`. Which defaults count depends on the installation: see [SystemLimits].
public final class SystemLimitsConfig {
    private static final String PREFIX = "limits.";

    private final ConfigReader reader;

    private SystemLimitsConfig(ConfigReader reader) {
        this.reader = reader;
    }

    public static SystemLimits read(ConfigReader reader, SystemLimits defaults) {
        var config = new SystemLimitsConfig(reader);
        SystemLimits limits = config.system(defaults);
        return limits.withNamespaces(NamespaceDefaults.read(reader, limits));
    }

    private SystemLimits system(SystemLimits defaults) {
        return new SystemLimits(
                count(
                        "invocations-per-minute",
                        defaults.invocationsPerMinute(),
                        "Invocations a namespace may make in a calendar minute."),
                count(
                        "concurrent-invocations",
                        defaults.concurrentInvocations(),
                        "Invocations a namespace may have in flight."),
                count(
                        "fires-per-minute",
                        defaults.firesPerMinute(),
                        "Triggers a namespace may fire in a calendar minute."),
                count("sequence-length", defaults.sequenceLength(), "Most actions in a sequence, nested ones counted."),
                durations("action-timeout", defaults.timeout()),
                sizes("action-memory", defaults.memory(), "memory of an action's sandbox"),
                sizes("action-logs", defaults.logs(), "log output kept of one activation"),
                counts("action-concurrency", defaults.concurrency()),
                reader.duration(
                        PREFIX + "blocking-wait",
                        defaults.blockingWait(),
                        "Longest time that a blocking call waits for its result."),
                size("payload-max", defaults.payload(), "Largest argument object of an invocation."),
                size("result-max", defaults.result(), "Largest result of an activation."),
                size("result-truncation", defaults.truncation(), "How much of a result that is too large is shown."),
                size("code-max", defaults.code(), "Largest code of an action, as text."),
                size(
                        "parameters-max",
                        defaults.parameters(),
                        "Largest parameters of an action, and largest annotations."),
                defaults.namespaces());
    }

    private int count(String name, int fallback, String meaning) {
        return Math.toIntExact(reader.number(PREFIX + name, fallback, 0, Integer.MAX_VALUE, meaning));
    }

    private ByteSize size(String name, ByteSize fallback, String meaning) {
        return reader.size(PREFIX + name, fallback, meaning);
    }

    private Range<Duration> durations(String name, Range<Duration> fallback) {
        return range(
                name,
                reader.duration(PREFIX + name + "-min", fallback.min(), "Shortest time limit that an action may have."),
                reader.duration(PREFIX + name + "-max", fallback.max(), "Longest time limit that an action may have."),
                reader.duration(PREFIX + name, fallback.standard(), "Time limit of an action that names none."),
                fallback);
    }

    private Range<ByteSize> sizes(String name, Range<ByteSize> fallback, String what) {
        return range(
                name,
                reader.size(PREFIX + name + "-min", fallback.min(), "Smallest limit for " + what + "."),
                reader.size(PREFIX + name + "-max", fallback.max(), "Largest limit for " + what + "."),
                reader.size(PREFIX + name, fallback.standard(), "Limit for " + what + " where none is named."),
                fallback);
    }

    private Range<Integer> counts(String name, Range<Integer> fallback) {
        String what = "activations at a time in one sandbox";
        return range(
                name,
                fallback.min(),
                Math.toIntExact(reader.number(
                        PREFIX + name + "-max",
                        fallback.max(),
                        1,
                        10_000,
                        "Most " + what + " that an action may ask for.")),
                Math.toIntExact(reader.number(
                        PREFIX + name, fallback.standard(), 1, 10_000, "How many " + what + " where none is named.")),
                fallback);
    }

    private <T extends Comparable<T>> Range<T> range(String name, T min, T max, T standard, Range<T> fallback) {
        if (min.compareTo(standard) > 0 || standard.compareTo(max) > 0) {
            reader.problem("%s%s = %s is not from %s to %s".formatted(PREFIX, name, standard, min, max));
            return fallback;
        }
        return new Range<>(min, max, standard);
    }
}
