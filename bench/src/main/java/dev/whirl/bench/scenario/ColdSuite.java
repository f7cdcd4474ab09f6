package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import dev.whirl.bench.http.Request;
import dev.whirl.bench.load.Tally;
import dev.whirl.bench.report.ColdMeasurement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Measures the first call of functions that were never called before, one after another: with a stem cell waiting,
/// and back to back so that stem cells run out. Creating and deleting the functions is outside of the measured time.
public final class ColdSuite {
    private static final Pattern HAS_INIT = Pattern.compile("\"key\"\\s*:\\s*\"initTime\"");

    private final Target target;
    private final ColdPlan plan;
    private final String prefix;
    private final Consumer<String> progress;

    /// @param prefix begins the names of the functions
    /// @param progress is told what goes on
    public ColdSuite(Target target, ColdPlan plan, String prefix, Consumer<String> progress) {
        this.target = target;
        this.plan = plan;
        this.prefix = prefix;
        this.progress = progress;
    }

    public List<ColdMeasurement> run() throws IOException, InterruptedException {
        List<ColdMeasurement> results = new ArrayList<>();
        try (var api = new Api(target.endpoint(), target.auth())) {
            for (String kind : plan.kinds()) {
                warmUp(api, kind);
                for (ColdWay way : ColdWay.values()) {
                    ColdMeasurement result = measure(api, kind, way);
                    progress.accept(result.toLine());
                    results.add(result);
                }
            }
        }
        return results;
    }

    /// A few first calls, so that the server's own code is warm.
    private void warmUp(Api api, String kind) throws IOException, InterruptedException {
        List<Function> functions = functions(kind, "warm", Math.min(5, plan.count()));
        var _ = callAll(api, functions, ColdWay.STEM_CELL_READY);
    }

    private ColdMeasurement measure(Api api, String kind, ColdWay way) throws IOException, InterruptedException {
        List<Function> functions = functions(kind, way.name().toLowerCase(Locale.ROOT), plan.count());
        Seen seen = callAll(api, functions, way);
        return ColdMeasurement.of(kind, way.label(), seen.tally, seen.cold);
    }

    private Seen callAll(Api api, List<Function> functions, ColdWay way) throws IOException, InterruptedException {
        long end = System.nanoTime() + plan.longest().toNanos();
        var seen = new Seen();
        try {
            for (Function function : functions) {
                Deployment.create(api, function.entity());
            }
            var stemCells = new StemCells(api, functions.getFirst().kind(), plan.refill());
            stemCells.await();
            for (Function function : functions) {
                if (System.nanoTime() < end) {
                    callOnce(api, function, seen);
                    if (way == ColdWay.STEM_CELL_READY) {
                        Deployment.delete(api, function.entity());
                        stemCells.await();
                    }
                }
            }
        } finally {
            for (Function function : functions) {
                Deployment.delete(api, function.entity());
            }
        }
        return seen;
    }

    private static void callOnce(Api api, Function function, Seen seen) {
        Request request = api.blockingInvoke(function.name(), Runs.PAYLOAD);
        long start = System.nanoTime();
        try {
            Api.Answer answer = api.send(request);
            long nanos = System.nanoTime() - start;
            if (answer.status() == 200) {
                seen.tally.succeeded(nanos);
                seen.cold += HAS_INIT.matcher(answer.body()).find() ? 1 : 0;
            } else {
                seen.tally.failed(answer.status());
            }
        } catch (IOException _) {
            seen.tally.error("broken", 1);
        }
    }

    private List<Function> functions(String kind, String what, int count) {
        List<Function> functions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String family = kind.substring(0, kind.indexOf(':'));
            functions.add(Scenarios.unseen(kind, String.join("-", prefix, family, what, Integer.toString(i))));
        }
        return functions;
    }

    /// What one series saw; `cold` counts the calls whose record says that they initialized a sandbox.
    private static final class Seen {
        private final Tally tally = new Tally();
        private int cold;
    }
}
