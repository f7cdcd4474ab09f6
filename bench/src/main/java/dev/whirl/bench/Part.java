package dev.whirl.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What can be measured, by the name that is given on the command line.
enum Part {
    WARM("warm", "functions that are running: closed loops, a fixed rate, /ping, and the bare runtime process"),
    LOGS("logs", "a function that writes three lines a call beside one that writes none"),
    NONBLOCKING("nonblocking", "calls without waiting at a fixed rate, and whether each of them is recorded"),
    WEB("web", "a web action's result as JSON beside the same function over the API"),
    GATEWAY("gateway", "an API served by a gateway of its own beside its web action; needs redis-server"),
    SEQUENCE("sequence", "ten steps, beside one call and the bare runtime process"),
    FIRE("fire", "firing a trigger with one active rule beside calling the function without waiting"),
    API("api", "actions overwritten, read and listed"),
    LOAD("load", "latency of one function at one fixed rate after another, for --chart"),
    MANY_NODE("many-node", "100 Node functions in random order, beside as many bare processes"),
    MANY_PYTHON("many-python", "1,000 Python functions in random order, 64 sandboxes"),
    COLD("cold", "first calls of functions never called before, with a stem cell at hand and back to back"),
    NO_STEM_CELL("no-stem-cell", "the same on a server that keeps none, beside a bare start"),
    SUSTAINED("sustained", "functions never called before without a pause, beside bare starts in bubblewrap"),
    START("start", "from the start of the server's process to its first answer"),
    CLI("cli", "the command line: wsk --version, wsk list on a server, and wsk dev from saving to live"),
    MEMORY("memory", "of the server when idle, under load and over a long time; of sandboxes"),
    SCALE("scale", "the same calls while functions, stored activations and open connections grow"),
    JAVA("java", "Java functions and what is around them: all that needs no other language; not one of all"),
    SHORT("short", "ratios to the bare machine only, with wide margins: a check for every change");

    private final String label;
    private final String description;

    Part(String label, String description) {
        this.label = label;
        this.description = description;
    }

    String label() {
        return label;
    }

    /// Settings of the server that it is measured on.
    List<String> settings() {
        return switch (this) {
            case MANY_NODE -> List.of("pool.memory=16 GB", "pool.stem-cells=no");
            case MANY_PYTHON -> List.of("pool.memory=8 GB");
            case NO_STEM_CELL -> List.of("pool.stem-cells=no");
            case MEMORY -> List.of("pool.memory=8 GB", "pool.stem-cells=no");
            case SCALE -> List.of("records.prune-interval=0s");
            case WARM,
                    LOGS,
                    NONBLOCKING,
                    WEB,
                    GATEWAY,
                    SEQUENCE,
                    FIRE,
                    API,
                    LOAD,
                    COLD,
                    SUSTAINED,
                    START,
                    CLI,
                    JAVA,
                    SHORT -> List.of();
        };
    }

    /// Whether it waits for what the server's metrics say.
    boolean looksAtMetrics() {
        return this == COLD;
    }

    /// Whether it can be measured on a server of ours only, which is started for it.
    boolean needsOurServer() {
        return this == START || this == GATEWAY || !settings().isEmpty();
    }

    /// Whether the bare runtime is measured beside it.
    boolean measuresBare() {
        return this == WARM || this == SEQUENCE || this == MANY_NODE || this == SHORT;
    }

    /// Whether its servers are started within it.
    boolean startsServers() {
        return this == START || this == MEMORY;
    }

    /// Those that `all` means.
    static List<Part> all() {
        return Arrays.stream(values())
                .filter(part -> part != SHORT && part != JAVA)
                .toList();
    }

    /// The part with a name.
    ///
    /// @throws IllegalArgumentException if there is none
    static Part named(String name) {
        return Arrays.stream(values())
                .filter(part -> part.label.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario '%s'; there are: %s, all"
                        .formatted(
                                name, Arrays.stream(values()).map(Part::label).collect(Collectors.joining(", ")))));
    }

    /// One line for each, for the help.
    static String descriptions() {
        return Arrays.stream(values())
                .map(part -> "%-13s %s".formatted(part.label, part.description))
                .collect(Collectors.joining("\n"));
    }
}
