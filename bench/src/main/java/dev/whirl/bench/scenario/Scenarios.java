package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Endpoint;
import dev.whirl.bench.load.Load;
import dev.whirl.bench.load.Load.Closed;
import dev.whirl.bench.load.Load.Open;
import dev.whirl.bench.report.Derived;
import dev.whirl.bench.scenario.Subject.Accept;
import dev.whirl.bench.scenario.Subject.Bare;
import dev.whirl.bench.scenario.Subject.BareMany;
import dev.whirl.bench.scenario.Subject.DurableWrite;
import dev.whirl.bench.scenario.Subject.Fire;
import dev.whirl.bench.scenario.Subject.Invoke;
import dev.whirl.bench.scenario.Subject.Many;
import dev.whirl.bench.scenario.Subject.Ping;
import dev.whirl.bench.scenario.Subject.Put;
import dev.whirl.bench.scenario.Subject.Read;
import dev.whirl.bench.scenario.Subject.Sequence;
import dev.whirl.bench.scenario.Subject.ThroughGateway;
import dev.whirl.bench.scenario.Subject.Web;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The scenarios of each part, as data. A prefix begins the names of all that is created.
public final class Scenarios {
    public static final String NODE = "nodejs:20";
    static final String PYTHON = "python:3.11";
    static final String JAVA = "java:25";

    private static final String NODE_ONE = "node-echo-concurrency-1";
    private static final String NODE_MANY = "node-echo-concurrency-64";
    private static final String WEB_JSON = "web-json";
    private static final String BARE_ONE = "bare-node-1-process";
    private static final int MANY = 64;
    private static final int LEAST_MB = 128;
    private static final int STEPS = 10;
    private static final int NODE_ACTIONS = 100;
    private static final int PYTHON_ACTIONS = 1000;
    private static final int LISTED_ACTIONS = 1000;
    private static final int FEW_OPEN = 8;
    private static final Load ONE = new Closed(1);
    private static final Load FEW = new Closed(8);
    private static final Load SOME = new Closed(16);

    private Scenarios() {}

    /// Echo functions at each number of connections, one at a fixed rate, and the ceilings.
    public static ScenarioSet warm(String prefix, List<Integer> connections, int callsPerSecond) {
        var one = new Invoke(new Function(prefix + "-node-1", NODE, Function.NODE_ECHO, 1));
        var many = new Invoke(new Function(prefix + "-node-64", NODE, Function.NODE_ECHO, MANY));
        var python = new Invoke(new Function(prefix + "-python", PYTHON, Function.PYTHON_ECHO, 1));
        int most = most(connections);
        List<Scenario> all = new ArrayList<>();
        all.addAll(closed("ping", new Ping(), connections));
        all.addAll(closed(NODE_ONE, one, connections));
        all.add(new Scenario(NODE_ONE, one, new Open(most, callsPerSecond)));
        all.addAll(closed(NODE_MANY, many, connections));
        all.addAll(closed("python-echo", python, connections));
        all.addAll(ceilings(one.function(), most));
        var heaviest = new Closed(most);
        return new ScenarioSet(
                all,
                List.of(
                        overHop("overhead-over-bare-hop-ms", NODE_ONE),
                        Derived.ratio("rate-of-bare@" + most, rate(NODE_MANY, heaviest), rate(BARE_ONE, heaviest))));
    }

    /// A function that writes three lines a call beside one that writes none, in turn.
    public static ScenarioSet logs(String prefix, List<Integer> connections) {
        var without = new Invoke(new Function(prefix + "-quiet", NODE, Function.NODE_ECHO, 1));
        var with = new Invoke(new Function(prefix + "-logs", NODE, Function.NODE_LOGS, 1));
        return inTurn("without-logs", without, "three-lines-a-call", with, "rate-with-logs", connections);
    }

    /// Calls that nobody waits for, at a fixed rate: an answer promises a record. Beside it what the disk takes for one
    /// durable write.
    public static ScenarioSet nonblocking(String prefix, int connections, int callsPerSecond) {
        var accept = new Accept(new Function(prefix + "-accept", NODE, Function.NODE_ECHO, MANY));
        return new ScenarioSet(
                List.of(
                        new Scenario("bare-durable-write", new DurableWrite(), ONE),
                        new Scenario("invoke-without-waiting", accept, new Open(connections, callsPerSecond))),
                List.of());
    }

    /// A sequence of ten steps, all the same function or each another one, with one caller: beside the call of one
    /// function and the bare runtime.
    public static ScenarioSet sequence(String prefix) {
        var echo = new Function(prefix + "-step", NODE, Function.NODE_ECHO, 1);
        List<Function> others = functions(prefix + "-step-", STEPS, NODE, Function.NODE_ECHO);
        var same = new Sequence(prefix + "-same", Collections.nCopies(STEPS, echo));
        return new ScenarioSet(
                List.of(
                        new Scenario(BARE_ONE, new Bare(echo, 1), ONE),
                        new Scenario("ten-times-echo", same, ONE),
                        new Scenario("ten-functions", new Sequence(prefix + "-others", others), ONE),
                        new Scenario(NODE_ONE, new Invoke(echo), ONE)),
                List.of(overHopEachStep("ten-times-echo"), overHopEachStep("ten-functions")));
    }

    /// A web action beside the same function over the API, in turn.
    public static ScenarioSet web(String prefix, List<Integer> connections) {
        var api = new Invoke(new Function(prefix + "-api", NODE, Function.NODE_FIELDS, MANY));
        var web = new Web(new Function(prefix + "-web", NODE, Function.NODE_FIELDS, MANY));
        return inTurn("over-the-api", api, WEB_JSON, web, "rate-as-web-action", connections);
    }

    /// A web action beside an API before it that a gateway of its own serves, in turn.
    ///
    /// @param path of the API's operation
    static ScenarioSet gateway(Web web, Endpoint gateway, String path, List<Integer> connections) {
        var through = new ThroughGateway(gateway, path);
        ScenarioSet both = inTurn(WEB_JSON, web, "through-a-gateway", through, "rate-through-a-gateway", connections);
        return both.with(Derived.difference("over-the-web-action-ms", p50("through-a-gateway"), p50(WEB_JSON)));
    }

    /// A trigger with one active rule beside the same function called without waiting, in turn.
    public static ScenarioSet fire(String prefix, List<Integer> connections) {
        var accept = new Accept(new Function(prefix + "-called", NODE, Function.NODE_ECHO, MANY));
        var fire = new Fire(prefix + "-trigger", new Function(prefix + "-fired", NODE, Function.NODE_ECHO, MANY));
        return inTurn("invoke-without-waiting", accept, "fire-one-rule", fire, "rate-through-a-rule", connections);
    }

    /// Actions overwritten, read and listed.
    public static ScenarioSet api(String prefix) {
        List<Function> functions = functions(prefix + "-entity-", LISTED_ACTIONS, NODE, Function.NODE_ECHO);
        var put = new Put(functions);
        List<String> paths = put.entities().stream().map(Entity::path).toList();
        return new ScenarioSet(
                List.of(
                        new Scenario("put-action", put, FEW),
                        new Scenario("get-action", new Read(paths, put.entities()), FEW),
                        new Scenario("list-actions", new Read(List.of("actions"), put.entities()), FEW)),
                List.of());
    }

    /// A Java function over the API, without waiting and by a rule, and entities: a server works
    /// hard where there is no language but its own.
    public static ScenarioSet java(String prefix) {
        Function echo = Function.unseen(JAVA, prefix + "-java");
        var put = new Put(functions(prefix + "-java-entity-", STEPS, NODE, Function.NODE_ECHO));
        List<String> paths = put.entities().stream().map(Entity::path).toList();
        return new ScenarioSet(
                List.of(
                        new Scenario("ping", new Ping(), FEW),
                        new Scenario("java-echo", new Invoke(echo), ONE),
                        new Scenario("java-echo", new Invoke(echo), new Closed(4)),
                        new Scenario("invoke-without-waiting", new Accept(echo), new Open(FEW_OPEN, 200)),
                        new Scenario("fire-one-rule", new Fire(prefix + "-java-trigger", echo), ONE),
                        new Scenario("put-action", put, FEW),
                        new Scenario("get-action", new Read(paths, put.entities()), FEW),
                        new Scenario("list-actions", new Read(List.of("actions"), put.entities()), FEW)),
                List.of());
    }

    /// Many Node functions that all have a sandbox, in random order, beside as many bare processes.
    public static ScenarioSet manyNode(String prefix) {
        List<Function> functions = functions(prefix + "-many-", NODE_ACTIONS, NODE, Function.NODE_ECHO);
        var actions = new Scenario("100-node-actions", new Many(functions), SOME);
        var bare = new Scenario("100-bare-processes", new BareMany(functions), SOME);
        return new ScenarioSet(
                List.of(actions, bare),
                List.of(Derived.ratio("rate-of-bare-processes", rate(actions.name(), SOME), rate(bare.name(), SOME))));
    }

    /// Many more Python functions than there can be sandboxes, in random order.
    public static ScenarioSet manyPython(String prefix) {
        List<Function> functions = functions(prefix + "-many-", PYTHON_ACTIONS, PYTHON, Function.PYTHON_ECHO);
        return new ScenarioSet(List.of(new Scenario("1000-python-actions", new Many(functions), SOME)), List.of());
    }

    /// One function at one rate after another: how latency grows with load.
    public static ScenarioSet load(String prefix, int connections, List<Integer> rates) {
        var many = new Invoke(new Function(prefix + "-load", NODE, Function.NODE_ECHO, MANY));
        return new ScenarioSet(
                rates.stream()
                        .map(rate -> new Scenario(NODE_MANY, many, new Open(connections, rate)))
                        .toList(),
                List.of());
    }

    private static ScenarioSet inTurn(
            String firstName,
            Subject first,
            String secondName,
            Subject second,
            String ratio,
            List<Integer> connections) {
        Load heaviest = new Closed(most(connections));
        return new ScenarioSet(
                connections.stream()
                        .map(Closed::new)
                        .flatMap(load ->
                                Stream.of(new Scenario(firstName, first, load), new Scenario(secondName, second, load)))
                        .toList(),
                List.of(Derived.ratio(ratio, rate(secondName, heaviest), rate(firstName, heaviest))));
    }

    private static Derived overHop(String name, String scenario) {
        return Derived.difference(name, p50(scenario), p50(BARE_ONE));
    }

    private static Derived overHopEachStep(String sequence) {
        return new Derived(
                sequence + "/over-bare-hop-ms-a-step",
                p50(sequence),
                p50(BARE_ONE),
                (whole, hop) -> whole / STEPS - hop);
    }

    private static String p50(String scenario) {
        return scenario + "@1/p50-ms";
    }

    private static String rate(String scenario, Load load) {
        return scenario + "@" + load.label() + "/per-second";
    }

    /// One bare runtime with one call and with many in flight; two and four with one call each.
    private static List<Scenario> ceilings(Function function, int most) {
        List<Scenario> all = new ArrayList<>();
        all.add(new Scenario(BARE_ONE, new Bare(function, 1), ONE));
        if (most > 1) {
            all.add(new Scenario(BARE_ONE, new Bare(function, 1), new Closed(most)));
        }
        all.add(new Scenario("bare-node-2-processes", new Bare(function, 2), new Closed(2)));
        all.add(new Scenario("bare-node-4-processes", new Bare(function, 4), new Closed(4)));
        return all;
    }

    private static List<Function> functions(String prefix, int count, String kind, String code) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Function(prefix + number, kind, code, 1, LEAST_MB))
                .toList();
    }

    private static List<Scenario> closed(String name, Subject subject, List<Integer> connections) {
        return connections.stream()
                .map(count -> new Scenario(name, subject, (Load) new Closed(count)))
                .toList();
    }

    private static int most(List<Integer> connections) {
        return connections.stream().mapToInt(Integer::intValue).max().orElse(1);
    }
}
