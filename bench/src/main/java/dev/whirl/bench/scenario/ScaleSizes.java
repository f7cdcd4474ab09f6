package dev.whirl.bench.scenario;

import java.util.List;

/// How many of each there are, from the smallest to the largest.
public record ScaleSizes(List<Integer> functions, List<Integer> activations, List<Integer> connections) {
    public static final ScaleSizes QUICK = new ScaleSizes(List.of(10, 1_000), List.of(1_000, 10_000), List.of(10, 500));
    public static final ScaleSizes USUAL =
            new ScaleSizes(List.of(10, 1_000, 100_000), List.of(1_000, 300_000), List.of(10, 1_000, 5_000));
    public static final ScaleSizes FULL =
            new ScaleSizes(USUAL.functions(), List.of(1_000, 1_000_000, 10_000_000), USUAL.connections());

    public ScaleSizes {
        functions = List.copyOf(functions);
        activations = List.copyOf(activations);
        connections = List.copyOf(connections);
    }
}
