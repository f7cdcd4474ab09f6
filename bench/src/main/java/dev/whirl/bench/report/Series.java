package dev.whirl.bench.report;

import static dev.whirl.common.Preconditions.require;

import java.util.Collections;
import java.util.List;

/// A figure as all repetitions found it.
public record Series(String name, List<Double> values) {
    /// Less than this nobody can tell apart on a shared machine, however alike the repetitions were.
    private static final double LEAST_NOISE = 0.05;

    /// More than this is no noise: who allowed it would allow every loss.
    private static final double MOST_NOISE = 0.15;

    private static final double DISTANCES = 1.5;

    /// How far a single repetition may be off.
    private static final double NOISE_OF_ONE = 0.10;

    public Series {
        require(!values.isEmpty(), "no repetition of %s", name);
        values = List.copyOf(values);
    }

    public double median() {
        return medianOf(values);
    }

    /// One and a half times the median distance of the repetitions from their median, as a share of it: a single bad
    /// minute of the machine does not count, a machine that is restless all the time does.
    public double spread() {
        double median = median();
        double distance =
                medianOf(values.stream().map(value -> Math.abs(value - median)).toList());
        return median == 0 ? 0 : DISTANCES * distance / Math.abs(median);
    }

    /// The worst of what should be small.
    public double greatest() {
        return Collections.max(values);
    }

    /// How far the median may be off, in the figure's own unit: the spread, from 5 to 15 % of the median, or 10 % when
    /// there was but one repetition.
    public double noise() {
        double share = values.size() == 1 ? NOISE_OF_ONE : Math.clamp(spread(), LEAST_NOISE, MOST_NOISE);
        return share * Math.abs(median());
    }

    private static double medianOf(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
