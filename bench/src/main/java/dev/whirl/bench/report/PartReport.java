package dev.whirl.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What all repetitions of a part found on one platform.
///
/// @param platform [#WHIRL], or how the other one is called
public record PartReport(String part, String platform, List<Round> rounds) {
    public static final String WHIRL = "whirl";

    public PartReport {
        rounds = List.copyOf(rounds);
    }

    /// Every figure with the values of all repetitions, in the order in which they were found first.
    public List<Series> series() {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (Round round : rounds) {
            for (Figure figure : round.all()) {
                values.computeIfAbsent(figure.name(), _ -> new ArrayList<>()).add(figure.value());
            }
        }
        return values.entrySet().stream()
                .map(entry -> new Series(entry.getKey(), entry.getValue()))
                .toList();
    }

    public Optional<Series> series(String name) {
        return series().stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
