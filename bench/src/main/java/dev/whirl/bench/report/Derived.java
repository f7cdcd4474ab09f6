package dev.whirl.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;

/// A figure made of two others of the same repetition, so that whatever slowed down the machine slowed down both.
///
/// @param first name of a figure, such as `ping@1/p50-ms`
/// @param second name of another one
public record Derived(String name, String first, String second, DoubleBinaryOperator operator) {
    public static Derived ratio(String name, String first, String second) {
        return new Derived(name, first, second, (one, other) -> other == 0 ? 0 : one / other);
    }

    public static Derived difference(String name, String first, String second) {
        return new Derived(name, first, second, (one, other) -> one - other);
    }

    /// The figures of a repetition with those that can be made of them. One that lacks a part is left out.
    public static Round round(List<Measurement> rows, List<Derived> wanted) {
        Round plain = new Round(rows, List.of());
        List<Figure> made = wanted.stream()
                .flatMap(each -> Stream.of(each.of(plain)).flatMap(Optional::stream))
                .toList();
        return new Round(rows, made);
    }

    private Optional<Figure> of(Round round) {
        return value(round, first)
                .flatMap(one ->
                        value(round, second).map(other -> new Figure(name, operator.applyAsDouble(one, other))));
    }

    private static Optional<Double> value(Round round, String name) {
        return round.all().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .map(Figure::value);
    }
}
