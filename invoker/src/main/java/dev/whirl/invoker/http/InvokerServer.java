package dev.whirl.invoker.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.whirl.common.tls.TlsConfig;
import dev.whirl.invoker.Invoker;
import dev.whirl.invoker.pool.PoolSnapshot;
import dev.whirl.model.Messages;
import dev.whirl.model.identity.FailedLogins;
import dev.whirl.model.json.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The operator's routes of an invoker (rows I-28, R-172).
///
/// | route | answer |
/// |---|---|
/// | `GET /ping` | `pong`, for everybody |
/// | `GET /ready` | `ready`; 503 while it takes no work |
/// | `GET /isEnabled` | `{"enabled":true}` while it takes work |
/// | `POST /disable` | finishes what it has and refuses calls |
/// | `POST /enable` | takes work again |
/// | `GET /pool`, `/pool/count` | how its sandboxes stand, how many there are |
/// | `GET /metrics` | all figures of the process, in Prometheus' form |
///
/// All but `/ping` and `/ready` need the operator's password. Who guesses it is answered late and with 429 after some
/// tries (attack
/// 32); the right one always passes.
public final class InvokerServer {
    private static final int BACKLOG = 16;

    /// Wrong passwords from one address that are answered without delay.
    private static final int FAILURES_PER_MINUTE = 20;

    /// What a route answers.
    private record Reply(int status, String type, String body) {
        static Reply text(String body) {
            return new Reply(200, "text/plain; charset=UTF-8", body);
        }

        static Reply json(JsonWriter body) {
            return new Reply(200, "application/json", body.toRawJson().toString());
        }

        static Reply error(int status, String sentence) {
            String body = new JsonWriter()
                    .startObject()
                    .field("error", sentence)
                    .endObject()
                    .toRawJson()
                    .toString();
            return new Reply(status, "application/json", body);
        }
    }

    private final InvokerServerConfig config;
    private final Invoker invoker;
    private final Supplier<String> scrape;
    private final FailedLogins failed =
            new FailedLogins(FAILURES_PER_MINUTE, FailedLogins.DELAY, InstantSource.system());
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    /// @param scrape the figures of the process
    public InvokerServer(InvokerServerConfig config, Invoker invoker, Supplier<String> scrape) {
        this.config = config;
        this.invoker = invoker;
        this.scrape = scrape;
    }

    /// Listens, if it is enabled.
    ///
    /// @throws UncheckedIOException if the address can't be had
    public void start() {
        if (!config.isEnabled()) {
            return;
        }
        try {
            HttpServer listening = listening(new InetSocketAddress(config.host(), config.port()));
            ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
            listening.setExecutor(workers);
            listening.createContext("/", this::handle);
            listening.start();
            server = listening;
            threads = workers;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The invoker can't listen on %s:%d".formatted(config.host(), config.port()), e);
        }
    }

    private HttpServer listening(InetSocketAddress address) throws IOException {
        TlsConfig tls = config.tls();
        if (tls == null) {
            return HttpServer.create(address, BACKLOG);
        }
        HttpsServer secure = HttpsServer.create(address, BACKLOG);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
        return secure;
    }

    /// The port that is listened on; call after [#start] of one that is enabled.
    public int port() {
        HttpServer listening = server;
        if (listening == null) {
            throw new IllegalStateException("the invoker does not listen");
        }
        return listening.getAddress().getPort();
    }

    public void stop() {
        HttpServer listening = server;
        if (listening != null) {
            listening.stop(0);
            server = null;
        }
        ExecutorService workers = threads;
        if (workers != null) {
            workers.shutdown();
            threads = null;
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = answer(exchange);
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            if (reply.status() == 401) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"Whirl invoker\"");
            }
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Reply answer(HttpExchange exchange) {
        String route =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        if (route.equals("GET /ping")) {
            return Reply.text("pong");
        }
        if (route.equals("GET /ready")) {
            return invoker.isTakingWork() ? Reply.text("ready") : Reply.error(503, "This invoker takes no work.");
        }
        String credentials = exchange.getRequestHeaders().getFirst("Authorization");
        if (!config.isOperator(credentials)) {
            return refused(credentials, exchange.getRemoteAddress().getAddress());
        }
        return switch (route) {
            case "GET /isEnabled" -> Reply.json(enabled());
            case "POST /disable" -> {
                invoker.drain();
                yield Reply.text("invoker is disabled");
            }
            case "POST /enable" -> {
                invoker.resume();
                yield Reply.text("invoker is enabled");
            }
            case "GET /pool" -> Reply.json(pool());
            case "GET /pool/count" -> Reply.text(Integer.toString(sandboxes(invoker.pool())));
            case "GET /metrics" -> Reply.text(scrape.get());
            default -> Reply.error(404, "An invoker has no route " + route + ".");
        };
    }

    /// Guessing is slowed down; who shows nothing guesses nothing.
    private Reply refused(@Nullable String credentials, InetAddress from) {
        return credentials != null && failed.isTooMany(from)
                ? Reply.error(429, Messages.TOO_MANY_OPERATOR_LOGINS)
                : Reply.error(
                        401, "The credentials of this invoker's operator are needed: invoker.user, invoker.pass.");
    }

    private JsonWriter enabled() {
        return new JsonWriter(32)
                .startObject()
                .field("enabled", invoker.isTakingWork())
                .endObject();
    }

    private JsonWriter pool() {
        PoolSnapshot pool = invoker.pool();
        return new JsonWriter(256)
                .startObject()
                .field("busy", pool.active())
                .field("idle", pool.idle())
                .field("prewarmed", pool.prewarmed())
                .field("starting", pool.starting())
                .field("waiting", pool.waiting())
                .field("usedMemory", pool.used().toString())
                .field("availableMemory", pool.available().toString())
                .endObject();
    }

    private static int sandboxes(PoolSnapshot pool) {
        return pool.active() + pool.idle() + pool.prewarmed() + pool.starting();
    }
}
