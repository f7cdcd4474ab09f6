package dev.whirl.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// What Whirl promises about its speed, as `promises.json` says it, and how a run compares with that.
public record Promises(List<Promise> all) {
    public Promises {
        all = List.copyOf(all);
    }

    /// A promise beside what was measured.
    public record Verdict(Promise promise, Series measured) {
        public boolean isMet() {
            double median = measured.median();
            return promise.isAtMost() ? median <= promise.bound() : median >= promise.bound();
        }

        /// Whether it is not met, and by more than the machine's noise explains.
        public boolean isBroken() {
            double better = measured.median() + (promise.isAtMost() ? -measured.noise() : measured.noise());
            return promise.isAtMost() ? better > promise.bound() : better < promise.bound();
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

    /// The few with wide margins that hold on any machine: bounds on ratios to what the bare machine does meanwhile.
    public static Promises ofShortCheck() {
        return read("/dev/whirl/bench/short-check.json");
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

    /// All promises about what was measured on a platform, in their order.
    public List<Verdict> verdicts(Report report, String platform) {
        return all.stream()
                .flatMap(promise -> report.parts().stream()
                        .filter(part ->
                                part.platform().equals(platform) && part.part().equals(promise.part()))
                        .map(part -> part.series(promise.nameInPart()))
                        .flatMap(Optional::stream)
                        .map(series -> new Verdict(promise, series)))
                .toList();
    }
}
