package dev.whirl.bench.scenario;

import dev.whirl.bench.load.Load;
import dev.whirl.bench.load.Load.Closed;
import dev.whirl.bench.load.Load.Open;
import dev.whirl.bench.scenario.Subject.Accept;
import dev.whirl.bench.scenario.Subject.Bare;
import dev.whirl.bench.scenario.Subject.Fire;
import dev.whirl.bench.scenario.Subject.Invoke;
import dev.whirl.bench.scenario.Subject.Ping;
import dev.whirl.bench.scenario.Subject.Sequence;
import dev.whirl.bench.scenario.Subject.Web;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The scenarios, as data.
public final class Scenarios {
    public static final String PING = "ping";
    public static final String NODE_ONE = "node-echo-concurrency-1";
    public static final String NODE_MANY = "node-echo-concurrency-64";
    public static final String PYTHON = "python-echo";
    public static final String BARE_ONE = "bare-node-1-process";
    public static final String BARE_TWO = "bare-node-2-processes";
    public static final String BARE_FOUR = "bare-node-4-processes";

    public static final String SEQUENCE_SAME = "sequence-10-times-echo";
    public static final String SEQUENCE_OTHER = "sequence-10-functions";
    public static final String WEB = "web-echo-json";
    public static final String ACCEPT = "invoke-without-waiting";
    public static final String FIRE = "fire-one-rule";
    public static final int STEPS = 10;

    /// The kinds whose first calls are measured.
    public static final List<String> COLD_KINDS = List.of("nodejs:20", "python:3.11");

    private static final String NODE = "nodejs:20";
    private static final int MANY = 64;

    private Scenarios() {}

    /// All warm scenarios: each subject at each number of connections, one at a fixed rate, and the ceilings.
    ///
    /// @param prefix begins the names of the functions that are created
    public static List<Scenario> warm(String prefix, List<Integer> connections, int callsPerSecond) {
        var one = new Invoke(new Function(prefix + "-node-1", NODE, Function.NODE_ECHO, 1));
        var many = new Invoke(new Function(prefix + "-node-64", NODE, Function.NODE_ECHO, MANY));
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

    /// A sequence of ten steps, all the same function or each another one, with one caller: beside the call of one
    /// function and the bare runtime.
    public static List<Scenario> sequence(String prefix) {
        var echo = new Function(prefix + "-step", NODE, Function.NODE_ECHO, 1);
        List<Function> others = IntStream.range(0, STEPS)
                .mapToObj(i -> new Function(prefix + "-step-" + i, NODE, Function.NODE_ECHO, 1))
                .toList();
        var one = new Closed(1);
        return List.of(
                new Scenario(BARE_ONE, new Bare(echo, 1), one),
                new Scenario(SEQUENCE_SAME, new Sequence(prefix + "-same", Collections.nCopies(STEPS, echo)), one),
                new Scenario(SEQUENCE_OTHER, new Sequence(prefix + "-others", others), one),
                new Scenario(NODE_ONE, new Invoke(echo), one));
    }

    /// A web action beside the same function over the API, in turn.
    public static List<Scenario> web(String prefix, List<Integer> connections) {
        var api = new Invoke(new Function(prefix + "-api", NODE, Function.NODE_FIELDS, MANY));
        var web = new Web(new Function(prefix + "-web", NODE, Function.NODE_FIELDS, MANY));
        return inTurn(NODE_MANY, api, WEB, web, connections);
    }

    /// A trigger with one active rule beside the same function called without waiting, in turn.
    public static List<Scenario> fire(String prefix, List<Integer> connections) {
        var accept = new Accept(new Function(prefix + "-called", NODE, Function.NODE_ECHO, MANY));
        var fire = new Fire(prefix + "-trigger", new Function(prefix + "-fired", NODE, Function.NODE_ECHO, MANY));
        return inTurn(ACCEPT, accept, FIRE, fire, connections);
    }

    private static List<Scenario> inTurn(
            String firstName, Subject first, String secondName, Subject second, List<Integer> connections) {
        return connections.stream()
                .map(Closed::new)
                .flatMap(
                        load -> Stream.of(new Scenario(firstName, first, load), new Scenario(secondName, second, load)))
                .toList();
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
