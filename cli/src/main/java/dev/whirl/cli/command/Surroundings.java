package dev.whirl.cli.command;

import dev.whirl.cli.output.Terminal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;

/// Everything of the process that a command may touch.
public record Surroundings(
        Map<String, String> environment, Path home, Path workingFolder, Terminal out, Terminal err, Place place) {
    /// Time and its zone, which is costly to find out, and what happens meanwhile.
    public record Place(InstantSource clock, Supplier<ZoneId> zone, Interrupts interrupts) {}
}
