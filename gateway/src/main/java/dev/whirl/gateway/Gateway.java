package dev.whirl.gateway;

import dev.whirl.gateway.manage.Apis;
import dev.whirl.gateway.policy.Guard;
import dev.whirl.gateway.policy.RateLimits;
import dev.whirl.gateway.policy.Rewriting;
import dev.whirl.gateway.route.Match;
import dev.whirl.gateway.route.SafePath;
import dev.whirl.model.json.RawJson;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides what becomes of requests to managed endpoints (row G-1).
public final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Apis apis;
    private final Guard guard;
    private final RateLimits rates;
    private final Map<Outcome, Counter> counters = new java.util.EnumMap<>(Outcome.class);

    private enum Outcome {
        CALLED,
        PREFLIGHT,
        MALFORMED,
        UNKNOWN,
        UNAUTHORIZED,
        LIMITED,
        UNAVAILABLE
    }

    public Gateway(Apis apis, Guard guard, RateLimits rates, MeterRegistry meters) {
        this.apis = apis;
        this.guard = guard;
        this.rates = rates;
        for (Outcome each : Outcome.values()) {
            counters.put(
                    each,
                    Counter.builder("whirl_gateway_requests")
                            .description("Requests to managed APIs, by what became of them")
                            .tag("outcome", each.name().toLowerCase(java.util.Locale.ROOT))
                            .register(meters));
        }
    }

    /// Runs on the request's own thread; waits only for identity providers, for a bounded time.
    public Decision decide(GatewayRequest request) {
        Optional<SafePath> path = SafePath.parse(request.path());
        if (path.isEmpty()) {
            return reply(Outcome.MALFORMED, 400, "The path is malformed.");
        }
        if (!apis.areKnown()) {
            return reply(Outcome.UNAVAILABLE, 503, "The APIs can't be read at the moment.");
        }
        return switch (apis.find(request.method(), path.get())) {
            case Match.Nothing _ -> reply(Outcome.UNKNOWN, 404, "Whoops. There is no such API.");
            case Match.WrongVerb(List<String> verbs, boolean answersOptions) ->
                wrongVerb(request, verbs, answersOptions);
            case Match.Found found -> found(request, found);
        };
    }

    private Decision wrongVerb(GatewayRequest request, List<String> verbs, boolean answersOptions) {
        if (request.method().equals("OPTIONS") && answersOptions) {
            count(Outcome.PREFLIGHT);
            return new Decision.Reply(200, RawJson.EMPTY_OBJECT, cors(request, verbs));
        }
        return reply(Outcome.UNKNOWN, 404, "Whoops. Verb not supported.");
    }

    private Decision found(GatewayRequest request, Match.Found found) {
        SequencedMap<String, String> cors = found.api().plan().answersOptions()
                ? cors(request, List.of(found.operation().verb()))
                : new LinkedHashMap<>();
        Guard.Verdict verdict =
                guard.judge(found.operation().security(), request, client -> apis.subscription(found.api(), client));
        return switch (verdict) {
            case Guard.Verdict.Refused _ ->
                reply(Outcome.UNAUTHORIZED, 401, "Unauthorized").with(cors);
            case Guard.Verdict.Unknown(String reason) -> {
                LOG.atDebug().addKeyValue("reason", reason).log("a token can't be checked"); // told where it was asked
                yield reply(Outcome.UNAVAILABLE, 503, "The identity provider does not answer.")
                        .with(cors);
            }
            case Guard.Verdict.Admitted(String caller) -> admitted(request, found, caller, cors);
        };
    }

    private Decision admitted(
            GatewayRequest request, Match.Found found, String caller, SequencedMap<String, String> cors) {
        Optional<Duration> wait = rates.take(found.api().id(), caller, found.operation());
        if (wait.isPresent()) {
            String seconds =
                    Long.toString(Math.max(1, wait.get().plusMillis(999).toSeconds()));
            return reply(Outcome.LIMITED, 429, "Rate limit exceeded")
                    .with(Map.of("Retry-After", seconds))
                    .with(cors);
        }
        try {
            Decision.Forward forward = Rewriting.forward(request, found);
            count(Outcome.CALLED);
            return new Decision.Call(forward, cors);
        } catch (Rewriting.RefusedException e) {
            return reply(Outcome.MALFORMED, 400, String.valueOf(e.getMessage())).with(cors);
        }
    }

    private static SequencedMap<String, String> cors(GatewayRequest request, List<String> verbs) {
        return Cors.fields(verbs, request.header("access-control-request-headers"));
    }

    private Decision.Reply reply(Outcome outcome, int status, String sentence) {
        count(outcome);
        return Decision.Reply.error(status, sentence);
    }

    private void count(Outcome outcome) {
        Counter counter = counters.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }
}
