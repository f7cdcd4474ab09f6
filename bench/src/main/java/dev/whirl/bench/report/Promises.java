package dev.whirl.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// What Whirl promises about its speed, as `promises.json` says it, and how a run compares with that.
public record Promises(List<Promise> entries) {
    public Promises {
        entries = List.copyOf(entries);
    }

    /// A promise beside what was measured.
    public record Verdict(Promise promise, Series measured) {
        /// What counts: the median, and of what may never happen the worst.
        double counted() {
            return promise.isHard() ? measured.greatest() : measured.median();
        }

        public boolean isMet() {
            return promise.holds(counted());
        }

        /// Whether it is not met, and by more than the machine's noise explains. What may never happen has no noise.
        public boolean isBroken() {
            double noise = promise.isHard() ? 0 : measured.noise();
            return !promise.holds(counted() + (promise.isAtMost() ? -noise : noise));
        }

        /// Of what is aimed at: `met`, or the aim and that it isn't.
        public String aimWord() {
            return promise.reachesAim(counted()) ? "met" : promise.aimOrBoundText() + " not met";
        }

        /// What is promised beside what was measured.
        public String sentence() {
            return "%s %s promised, %s measured (± %.0f %%)"
                    .formatted(
                            promise.figure(),
                            promise.boundText(),
                            TextReport.number(counted()),
                            measured.spread() * 100);
        }

        /// One word or two for a table.
        public String word() {
            return isMet() ? "met" : isBroken() ? "NOT MET" : "within noise";
        }
    }

    /// Those of the specification.
    public static Promises ofSpecification() {
        return read("/dev/whirl/bench/promises.json");
    }

    /// Those of the specification and of the short check, which has wide bounds on ratios to the bare machine.
    public static Promises all() {
        return new Promises(Stream.of(ofSpecification(), read("/dev/whirl/bench/short-check.json"))
                .flatMap(promises -> promises.entries().stream())
                .toList());
    }

    private static Promises read(String resource) {
        try (InputStream in = Promises.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return new Promises(List.of(JsonMapper.shared().readValue(in, Promise[].class)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Promises of parts that were measured on Whirl, whose figures were not among what was found.
    public List<Promise> unmeasured(Report report) {
        return entries.stream()
                .filter(promise -> ours(report, promise).findAny().isPresent())
                .filter(promise -> ours(report, promise)
                        .noneMatch(part -> part.series(promise.nameInPart()).isPresent()))
                .toList();
    }

    private static Stream<PartReport> ours(Report report, Promise promise) {
        return report.parts().stream()
                .filter(part ->
                        part.platform().equals(PartReport.WHIRL) && part.part().equals(promise.part()));
    }

    /// All promises about what was measured on Whirl, in their order.
    public List<Verdict> verdicts(Report report) {
        return entries.stream()
                .flatMap(promise -> ours(report, promise)
                        .map(part -> part.series(promise.nameInPart()))
                        .flatMap(Optional::stream)
                        .map(series -> new Verdict(promise, series)))
                .toList();
    }
}
