package dev.whirl.feeds.fire;

import dev.whirl.client.ApiErrorException;
import dev.whirl.client.ClientConfig;
import dev.whirl.client.ClientException;
import dev.whirl.client.ConnectionException;
import dev.whirl.client.Credentials;
import dev.whirl.client.NotUnderstoodException;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.TlsOptions;
import dev.whirl.client.WhirlClient;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// Calls the API over HTTP, with a client for each key that was used lately. The monitor guards [#clients].
public final class ApiFires implements Fires, AutoCloseable {
    private static final int MOST_CLIENTS = 256;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final String apiHost;
    private final TlsOptions tls;
    private final Map<String, WhirlClient> clients = new LinkedHashMap<>(16, 0.75f, true);

    /// @param apiHost `http://host:port`
    /// @param tls whom to trust there
    public ApiFires(String apiHost, TlsOptions tls) {
        this.apiHost = apiHost;
        this.tls = tls;
    }

    @Override
    public FireOutcome fire(FeedTrigger trigger, RawJson payload) {
        return attempt(
                trigger,
                client -> client.triggers().fire(name(trigger), payload).orElse(""));
    }

    @Override
    public FireOutcome delete(FeedTrigger trigger, boolean withRules) {
        FireOutcome outcome = attempt(trigger, client -> {
            if (withRules) {
                deleteRules(client, trigger);
            }
            client.triggers().delete(name(trigger));
            return "";
        });
        boolean isGone = outcome instanceof FireOutcome.Refused(int status, var _) && status == 404;
        return isGone ? new FireOutcome.Fired("") : outcome;
    }

    private static void deleteRules(WhirlClient client, FeedTrigger trigger) {
        RawJson rules =
                client.triggers().get(name(trigger)).json().field("rules").orElse(RawJson.EMPTY_OBJECT);
        for (String each : rules.fields().keySet()) {
            client.rules().delete(QualifiedName.parse("/" + each, "_"));
        }
    }

    private FireOutcome attempt(FeedTrigger trigger, Function<WhirlClient, String> call) {
        try {
            return new FireOutcome.Fired(call.apply(client(trigger)));
        } catch (ClientException e) {
            return switch (e) {
                case ApiErrorException refusal -> new FireOutcome.Refused(refusal.status(), refusal.sentence());
                case ConnectionException failure ->
                    new FireOutcome.Unreachable(String.valueOf(failure.getMessage()), isUnsent(failure));
                case NotUnderstoodException other -> // something in between answered, whatever it says
                    new FireOutcome.Unreachable(String.valueOf(other.getMessage()), false);
            };
        }
    }

    private static boolean isUnsent(ConnectionException e) {
        return e.getCause() instanceof java.net.ConnectException
                || e.getCause() instanceof java.net.UnknownHostException;
    }

    private static QualifiedName name(FeedTrigger trigger) {
        return new QualifiedName(
                trigger.trigger().namespace().value(),
                null,
                trigger.trigger().name().value());
    }

    private WhirlClient client(FeedTrigger trigger) {
        String key = trigger.key().reveal();
        WhirlClient surplus = null;
        WhirlClient client;
        synchronized (this) {
            client = clients.computeIfAbsent(key, this::connect);
            if (clients.size() > MOST_CLIENTS) {
                String eldest = clients.keySet().iterator().next();
                surplus = clients.remove(eldest);
            }
        }
        if (surplus != null) {
            surplus.close(); // calls under way go on
        }
        return client;
    }

    private WhirlClient connect(String key) {
        return WhirlClient.connect(ClientConfig.of(apiHost, new Credentials(key))
                .withTls(tls)
                .withTimeouts(CONNECT, ANSWER)
                .withUserAgent("whirl-feeds"));
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(WhirlClient::close);
        clients.clear();
    }
}
