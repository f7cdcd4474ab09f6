package dev.whirl.bench.report;

import static dev.whirl.common.Preconditions.require;

import java.util.List;

/// A figure as all repetitions found it.
public record Series(String name, List<Double> values) {
    /// Less than this nobody can tell apart on a shared machine, however alike the repetitions were.
    private static final double LEAST_NOISE = 0.05;

    /// How far a single repetition may be off.
    private static final double NOISE_OF_ONE = 0.10;

    public Series {
        require(!values.isEmpty(), "no repetition of %s", name);
        values = List.copyOf(values);
    }

    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /// Half of what lies between the least and the greatest, as a share of the median.
    public double spread() {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double greatest = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double median = Math.abs(median());
        return median == 0 ? 0 : (greatest - least) / 2 / median;
    }

    /// How far the median may be off, in the figure's own unit: the spread, and never less than 5 % of the median, or
    /// 10 % when there was but one repetition.
    public double noise() {
        double share = values.size() == 1 ? NOISE_OF_ONE : Math.max(LEAST_NOISE, spread());
        return share * Math.abs(median());
    }
}
