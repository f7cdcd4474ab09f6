package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import dev.whirl.bench.http.Request;
import dev.whirl.bench.http.Requests;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a subject sends, and the status that counts as success.
record Calls(Requests.Source requests, int expectedStatus) {
    static final String PAYLOAD = "{\"name\":\"Whirl\",\"count\":42,\"tags\":[\"a\",\"b\"]}";

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int VARIANTS = 2;

    /// Nothing for what is not reached over HTTP.
    ///
    /// @param seed of what is random
    static Calls of(Subject subject, Api api, int connections, long seed) throws IOException {
        return switch (subject) {
            case Subject.Ping _ -> ok(api.ping());
            case Subject.Invoke(var function) -> ok(invoke(api, function));
            case Subject.Sequence sequence -> ok(api.blockingInvoke(sequence.name(), PAYLOAD));
            case Subject.Web(var function) -> ok(api.web(function.name(), PAYLOAD));
            case Subject.ThroughGateway(var gateway, var path) -> ok(Request.openJson(gateway, path, PAYLOAD));
            case Subject.Many(var functions) -> ok(Requests.shuffled(invokeEach(api, functions), seed));
            case Subject.Put(var functions) -> ok(Requests.shared(putEach(api, functions), connections));
            case Subject.Read(var paths, var _) ->
                ok(Requests.shared(paths.stream().map(api::read).toList(), connections));
            case Subject.Accept(var function) -> accepted(api.invoke(function.name(), PAYLOAD));
            case Subject.Fire fire -> accepted(api.fire(fire.trigger(), PAYLOAD));
            case Subject.Bare _, Subject.BareMany _, Subject.DurableWrite _ ->
                throw new IllegalStateException("nothing of the kind is called over HTTP");
        };
    }

    private static Request invoke(Api api, Function function) {
        return api.blockingInvoke(function.name(), PAYLOAD);
    }

    private static List<Request> invokeEach(Api api, List<Function> functions) {
        return functions.stream().map(function -> invoke(api, function)).toList();
    }

    private static List<Request> putEach(Api api, List<Function> functions) {
        Stream<Function> variants = IntStream.range(0, VARIANTS)
                .boxed()
                .flatMap(number -> functions.stream().map(function -> function.variant(number)));
        return variants.map(Function::entity)
                .map(entity -> api.overwrite(entity.path(), entity.document()))
                .toList();
    }

    private static Calls ok(Request request) {
        return ok(Requests.same(request));
    }

    private static Calls ok(Requests.Source requests) {
        return new Calls(requests, OK);
    }

    private static Calls accepted(Request request) {
        return new Calls(Requests.same(request), ACCEPTED);
    }
}
