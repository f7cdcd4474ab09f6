package dev.whirl.cli.command;

import dev.whirl.cli.output.Terminal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/// Everything of the process that a command may touch.
public record Surroundings(
        Map<String, String> environment, Path home, Path workingFolder, Terminal out, Terminal err, Place place) {
    /// Time, and what happens meanwhile.
    public record Place(InstantSource clock, ZoneId zone, Interrupts interrupts) {}
}
