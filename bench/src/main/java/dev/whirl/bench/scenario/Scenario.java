package dev.whirl.bench.scenario;

import dev.whirl.bench.load.Load;

/// One line of the table: what is called, under which load. Names stay the same from version to version.
public record Scenario(String name, Subject subject, Load load) {}
