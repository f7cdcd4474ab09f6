package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import dev.whirl.bench.http.Request;
import dev.whirl.bench.load.LoadResult;
import dev.whirl.bench.load.Tally;
import dev.whirl.bench.report.Measurement;
import dev.whirl.bench.report.Round;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Measures the first call of functions that were never called before, one after another. Creating and deleting the
/// functions is outside of the measured time. A call whose record does not say that it initialized a sandbox counts as
/// failed.
public final class ColdSuite implements Suite {
    private static final Pattern HAS_INIT = Pattern.compile("\"key\"\\s*:\\s*\"initTime\"");
    private static final int WARM_UP = 5;

    private final ColdSet set;
    private final ColdPlan plan;
    private final String prefix;
    private final Consumer<String> progress;

    /// @param prefix begins the names of the functions
    /// @param progress is told what goes on
    public ColdSuite(ColdSet set, ColdPlan plan, String prefix, Consumer<String> progress) {
        this.set = set;
        this.plan = plan;
        this.prefix = prefix;
        this.progress = progress;
    }

    @Override
    public List<Round> run(Target target) throws IOException, InterruptedException {
        List<Round> rounds = new ArrayList<>();
        String operator = set.ways().contains(ColdWay.STEM_CELL) ? target.operatorAuth() : null;
        try (var api = new Api(target.endpoint(), target.auth());
                var metrics = operator == null ? null : new Api(target.endpoint(), operator)) {
            for (String kind : set.kinds()) {
                warmUp(api, metrics, kind);
            }
            for (int round = 0; round < plan.rounds(); round++) {
                rounds.add(measureAll(api, metrics, round));
            }
        }
        return rounds;
    }

    private Round measureAll(Api api, @Nullable Api metrics, int round) throws IOException, InterruptedException {
        List<Measurement> rows = new ArrayList<>();
        for (String kind : set.kinds()) {
            for (ColdWay way : set.ways()) {
                String name = Function.family(kind) + "-" + way.label();
                List<Function> functions = functions(kind, name + "-" + round, plan.count());
                Tally tally = callAll(api, metrics, functions, way);
                LoadResult result = LoadResult.of(tally, tally.together(), Duration.ZERO);
                Measurement row = Measurement.of(name, "1", result, null);
                progress.accept(row.toLine());
                rows.add(row);
            }
        }
        return set.completed(rows);
    }

    /// A few first calls, so that the server's own code is warm.
    private void warmUp(Api api, @Nullable Api metrics, String kind) throws IOException, InterruptedException {
        List<Function> functions = functions(kind, Function.family(kind) + "-warm", Math.min(WARM_UP, plan.count()));
        var _ = callAll(api, metrics, functions, set.ways().getFirst());
    }

    private Tally callAll(Api api, @Nullable Api metrics, List<Function> functions, ColdWay way)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + plan.longest().toNanos();
        var tally = new Tally();
        try {
            for (Function function : functions) {
                Deployment.create(api, function.entity());
            }
            var stemCells = new StemCells(metrics, functions.getFirst().kind(), plan.refill());
            stemCells.await();
            for (Function function : functions) {
                if (System.nanoTime() < end) {
                    callOnce(api, function, tally);
                    pause(api, function, way, stemCells);
                }
            }
        } finally {
            for (Function function : functions) {
                Deployment.delete(api, function.entity());
            }
        }
        return tally;
    }

    private void pause(Api api, Function function, ColdWay way, StemCells stemCells)
            throws IOException, InterruptedException {
        switch (way) {
            case STEM_CELL -> {
                Deployment.delete(api, function.entity());
                stemCells.await();
            }
            case NO_STEM_CELL -> {
                Deployment.delete(api, function.entity());
                Thread.sleep(plan.refill());
            }
            case BACK_TO_BACK -> {
                // at once
            }
        }
    }

    private static void callOnce(Api api, Function function, Tally tally) {
        Request request = api.blockingInvoke(function.name(), Calls.PAYLOAD);
        long start = System.nanoTime();
        try {
            Api.Answer answer = api.send(request);
            long nanos = System.nanoTime() - start;
            if (answer.status() != 200) {
                tally.failed(answer.status());
            } else if (!HAS_INIT.matcher(answer.body()).find()) {
                tally.error("not-cold", 1);
            } else {
                tally.succeeded(nanos);
            }
        } catch (IOException _) {
            tally.error("broken", 1);
        }
    }

    private List<Function> functions(String kind, String what, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Function.unseen(kind, String.join("-", prefix, what, Integer.toString(number))))
                .toList();
    }
}
