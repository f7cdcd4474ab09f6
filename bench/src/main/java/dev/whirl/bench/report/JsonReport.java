package dev.whirl.bench.report;

import dev.whirl.bench.report.Promises.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The report for machines: units in the names.
public final class JsonReport {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonReport() {}

    /// Everything that a run found: the whole document.
    record Document(
            List<FigureEntry> figures, List<Comparison> comparisons, List<PartReport> parts, List<String> notes) {}

    /// A figure over all repetitions, and what is promised about it.
    record FigureEntry(
            String platform,
            String figure,
            List<Double> values,
            double median,
            double spread,
            @Nullable String promise,
            @Nullable String verdict,
            @Nullable String aim) {}

    public static String of(Report report, List<Verdict> verdicts) {
        List<FigureEntry> figures = report.parts().stream()
                .flatMap(part -> part.series().stream().map(series -> entry(part, series, verdicts)))
                .toList();
        return JSON.writeValueAsString(new Document(figures, Comparison.of(report), report.parts(), report.notes()))
                + "\n";
    }

    private static FigureEntry entry(PartReport part, Series series, List<Verdict> verdicts) {
        String name = part.part() + "/" + series.name();
        Verdict verdict = verdicts.stream()
                .filter(each -> part.platform().equals(PartReport.WHIRL)
                        && each.promise().figure().equals(name))
                .findFirst()
                .orElse(null);
        return new FigureEntry(
                part.platform(),
                name,
                series.values(),
                series.median(),
                series.spread(),
                verdict == null ? null : verdict.promise().boundText(),
                verdict == null ? null : verdict.word(),
                verdict == null ? null : verdict.aimWord());
    }
}
