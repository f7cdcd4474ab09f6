package dev.whirl.gateway.policy;

import dev.whirl.gateway.GatewayRequest;
import dev.whirl.gateway.document.Security;
import dev.whirl.gateway.document.Security.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Decides who may call an operation.
public final class Guard {
    private static final String BEARER = "Bearer ";

    private final Tokens tokens;

    public Guard(Tokens tokens) {
        this.tokens = tokens;
    }

    /// Whether a caller may pass.
    public sealed interface Verdict {
        /// @param caller whose requests count together; empty for anybody
        record Admitted(String caller) implements Verdict {}

        record Refused() implements Verdict {}

        /// It can't be said now.
        record Unknown(String reason) implements Verdict {}
    }

    /// @param alternatives any of which is enough; none: anybody may pass
    /// @param subscriptions of the API, by the client's id
    public Verdict judge(
            List<Security> alternatives,
            GatewayRequest request,
            Function<String, Optional<Subscription>> subscriptions) {
        if (alternatives.isEmpty()) {
            return new Verdict.Admitted("");
        }
        Verdict worst = new Verdict.Refused();
        for (Security each : alternatives) {
            Verdict verdict = judge(each, request, subscriptions);
            if (verdict instanceof Verdict.Admitted) {
                return verdict;
            }
            worst = verdict instanceof Verdict.Unknown ? verdict : worst;
        }
        return worst;
    }

    private Verdict judge(
            Security all, GatewayRequest request, Function<String, Optional<Subscription>> subscriptions) {
        var clients = new ArrayList<String>();
        for (Requirement each : all.requirements()) {
            Tokens.Verdict verdict = switch (each) {
                case Requirement.Client asked -> {
                    Optional<Subscription> client = client(asked, request, subscriptions);
                    client.ifPresent(known -> clients.add(known.client()));
                    yield client.isPresent() ? new Tokens.Verdict.Good() : new Tokens.Verdict.Bad();
                }
                case Requirement.Token(Security.TokenProvider provider) ->
                    token(request.header("authorization"), provider);
            };
            switch (verdict) {
                case Tokens.Verdict.Good _ -> {
                    // the next requirement
                }
                case Tokens.Verdict.Bad _ -> {
                    return new Verdict.Refused();
                }
                case Tokens.Verdict.Unknown(String reason) -> {
                    return new Verdict.Unknown(reason);
                }
            }
        }
        return new Verdict.Admitted(String.join(" ", clients));
    }

    /// Who shows the id that is asked for, and the secret of the same client.
    private static Optional<Subscription> client(
            Requirement.Client asked, GatewayRequest request, Function<String, Optional<Subscription>> subscriptions) {
        String secretHeader = asked.secretHeader();
        return Optional.ofNullable(request.header(asked.idHeader()))
                .flatMap(subscriptions)
                .filter(known -> secretHeader == null || known.hasSecret(request.header(secretHeader)));
    }

    private Tokens.Verdict token(@Nullable String header, Security.TokenProvider provider) {
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return new Tokens.Verdict.Bad();
        }
        return tokens.check(header.substring(BEARER.length()).strip(), provider);
    }
}
