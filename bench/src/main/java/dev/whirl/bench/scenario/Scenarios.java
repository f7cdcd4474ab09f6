package dev.whirl.bench.scenario;

import dev.whirl.bench.load.Load;
import dev.whirl.bench.load.Load.Closed;
import dev.whirl.bench.load.Load.Open;
import dev.whirl.bench.scenario.Subject.Bare;
import dev.whirl.bench.scenario.Subject.Invoke;
import dev.whirl.bench.scenario.Subject.Ping;
import java.util.ArrayList;
import java.util.List;

/// The scenarios, as data.
public final class Scenarios {
    public static final String PING = "ping";
    public static final String NODE_ONE = "node-echo-concurrency-1";
    public static final String NODE_MANY = "node-echo-concurrency-64";
    public static final String PYTHON = "python-echo";
    public static final String BARE_ONE = "bare-node-1-process";
    public static final String BARE_TWO = "bare-node-2-processes";
    public static final String BARE_FOUR = "bare-node-4-processes";

    /// The kinds whose first calls are measured.
    public static final List<String> COLD_KINDS = List.of("nodejs:20", "python:3.11");

    private static final int MANY = 64;

    private Scenarios() {}

    /// All warm scenarios: each subject at each number of connections, one at a fixed rate, and the ceilings.
    ///
    /// @param prefix begins the names of the functions that are created
    public static List<Scenario> warm(String prefix, List<Integer> connections, int callsPerSecond) {
        var one = new Invoke(new Function(prefix + "-node-1", "nodejs:20", Function.NODE_ECHO, 1));
        var many = new Invoke(new Function(prefix + "-node-64", "nodejs:20", Function.NODE_ECHO, MANY));
        var python = new Invoke(new Function(prefix + "-python", "python:3.11", Function.PYTHON_ECHO, 1));
        int most = connections.stream().mapToInt(Integer::intValue).max().orElse(1);
        List<Scenario> all = new ArrayList<>();
        all.addAll(closed(PING, new Ping(), connections));
        all.addAll(closed(NODE_ONE, one, connections));
        all.add(new Scenario(NODE_ONE, one, new Open(most, callsPerSecond)));
        all.addAll(closed(NODE_MANY, many, connections));
        all.addAll(closed(PYTHON, python, connections));
        all.addAll(ceilings(one.function(), most));
        return all;
    }

    /// A function of a kind that nobody has seen: its code holds its name.
    public static Function unseen(String kind, String name) {
        String code = kind.startsWith("python")
                ? "# " + name + "\n" + Function.PYTHON_ECHO
                : "// " + name + "\n" + Function.NODE_ECHO;
        return new Function(name, kind, code, 1);
    }

    /// One process with one call and with many in flight; two and four processes with one call each.
    private static List<Scenario> ceilings(Function function, int most) {
        return List.of(
                new Scenario(BARE_ONE, new Bare(function, 1), new Closed(1)),
                new Scenario(BARE_ONE, new Bare(function, 1), new Closed(most)),
                new Scenario(BARE_TWO, new Bare(function, 2), new Closed(2)),
                new Scenario(BARE_FOUR, new Bare(function, 4), new Closed(4)));
    }

    private static List<Scenario> closed(String name, Subject subject, List<Integer> connections) {
        return connections.stream()
                .map(count -> new Scenario(name, subject, (Load) new Closed(count)))
                .toList();
    }
}
