package dev.whirl.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The same figure on Whirl and on another platform, from one run.
///
/// @param figure part and name
public record Comparison(String figure, String platform, double ours, double theirs) {
    /// All figures of calls that both have: the rate and the p50, at a fixed rate the p50 alone.
    public static List<Comparison> of(Report report) {
        return report.parts().stream()
                .filter(part -> !part.platform().equals(PartReport.WHIRL))
                .flatMap(other -> report.parts().stream()
                        .filter(part -> part.platform().equals(PartReport.WHIRL)
                                && part.part().equals(other.part()))
                        .flatMap(ours -> between(ours, other)))
                .toList();
    }

    /// How many times as good Whirl is: the ratio of rates, or of latencies the other way round.
    public double timesAsGood() {
        boolean isRate = figure.endsWith("/per-second");
        double good = isRate ? ours : theirs;
        double bad = isRate ? theirs : ours;
        return bad == 0 ? 0 : good / bad;
    }

    static String table(List<Comparison> all) {
        var table = new Table(
                1, "Whirl beside another platform", "whirl", all.getFirst().platform(), "times as good");
        all.forEach(row -> table.add(
                row.figure(),
                TextReport.number(row.ours()),
                TextReport.number(row.theirs()),
                String.format(Locale.ROOT, "%.1f", row.timesAsGood())));
        return table.render();
    }

    private static Stream<Comparison> between(PartReport ours, PartReport theirs) {
        return ours.series().stream()
                .filter(series -> isCompared(series.name()))
                .flatMap(series -> theirs
                        .series(series.name())
                        .map(other -> new Comparison(
                                ours.part() + "/" + series.name(), theirs.platform(), series.median(), other.median()))
                        .stream());
    }

    /// Bare processes are the same for both.
    private static boolean isCompared(String name) {
        boolean isFixed = name.indexOf('@') != name.lastIndexOf('@');
        boolean isOurs = !name.startsWith("bare-") && !name.startsWith("100-bare");
        return isOurs && (name.endsWith("/p50-ms") || (name.endsWith("/per-second") && !isFixed));
    }
}
