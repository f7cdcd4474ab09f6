package dev.whirl.sandbox.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The mock API server, and around it what it lacks: discovery, attaching, logs and resizing, which a [Node] serves,
/// faults of all kinds for the invoker, and a record of what the invoker asked for.
final class ApiServer extends Dispatcher implements AutoCloseable {
    static final String NAMESPACE = "functions";
    static final String INVOKER = "invoker-token";
    private static final Pattern RESOURCE = Pattern.compile(
            "/(?:api/v1|apis/(?<group>[^/]+)/[^/]+)/namespaces/[^/]+/(?<kind>[a-z]+)(?:/(?<name>[^/?]+))?(?:/(?<sub>[a-z]+))?(?<query>\\?.*)?");

    private final KubernetesCrudDispatcher objects = new KubernetesCrudDispatcher();
    private final MockWebServer server = new MockWebServer();
    private final List<Socket> watches = new CopyOnWriteArrayList<>();
    private final Set<String> asked = new ConcurrentSkipListSet<>();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private volatile @Nullable Node node;
    private volatile String minor = "34";
    private volatile boolean isDown;
    private volatile boolean hasForgotten;

    /// What the API server has a kubelet do.
    interface Node {
        MockResponse attach(String pod);

        String log(String pod);

        /// @param patch with the new resources of the container
        void resize(String pod, String patch);

        /// All that were attached lose their connections.
        void loseAttachments();
    }

    /// Some requests that are not answered as they should be.
    ///
    /// @param isExecuted whether what was asked for is done all the same
    private record Fault(
            Predicate<String> which, Supplier<MockResponse> answer, boolean isExecuted, AtomicInteger left) {}

    ApiServer() {
        server.setHttp2ClearTextEnabled(false);
        server.setDispatcher(this);
        server.start();
    }

    ApiServer with(Node newNode) {
        node = newNode;
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /// From now on it says to be version 1.so much.
    void minor(String text) {
        minor = text;
    }

    /// The next requests of the invoker of which the line begins so are answered with a failure: `POST /api/v1/…/pods`.
    void fail(int times, int status, String line) {
        fail(times, status, "", line);
    }

    /// @param reason the word that programs go by
    void fail(int times, int status, String reason, String line) {
        add(times, false, () -> failure(status, reason), line);
    }

    /// The next such requests get no answer, for as long as anybody waits.
    void hang(int times, String line) {
        add(times, false, ApiServer::never, line);
    }

    /// The same, and what was asked for is done.
    void hangAfter(int times, String line) {
        add(times, true, ApiServer::never, line);
    }

    /// How many requests are still to go wrong.
    int faultsLeft() {
        return faults.stream().mapToInt(each -> each.left().get()).sum();
    }

    private static MockResponse never() {
        return json("{}").setBodyDelay(Duration.ofHours(1));
    }

    private void add(int times, boolean isExecuted, Supplier<MockResponse> answer, String line) {
        faults.add(new Fault(each -> each.matches(line), answer, isExecuted, new AtomicInteger(times)));
    }

    /// The next such request is executed, and its answer is lost on the way.
    void loseAnswer(String line) {
        add(1, true, () -> failure(504, ""), line);
    }

    /// It is out of order for the invoker, until it is not.
    void down(boolean isNowDown) {
        isDown = isNowDown;
        if (isNowDown) {
            loseWatches();
            current().loseAttachments();
        }
    }

    /// The invoker's watches lose their connections, and what happens until they are there again it must look up: the
    /// server has forgotten it.
    void loseWatches() {
        hasForgotten = true;
        watches.forEach(each -> each.close(1011, "lost"));
        watches.clear();
    }

    /// The invoker's watches stay, and nothing comes any more: somewhere on the way a connection is dead.
    void silenceWatches() {
        watches.forEach(each -> each.isSilent = true);
    }

    /// How many watches of the invoker are there that something comes on.
    long watches() {
        return watches.stream().filter(each -> !each.isSilent).count();
    }

    /// What the invoker asked for, as `verb resource`.
    Set<String> asked() {
        return Set.copyOf(asked);
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        String line = request.getMethod() + " " + URLDecoder.decode(request.getPath(), UTF_8);
        boolean isInvoker = String.valueOf(request.getHeader("Authorization")).endsWith(INVOKER);
        if (isInvoker) {
            record(request);
            if (isDown) {
                return failure(503, "");
            }
            for (Fault each : faults) {
                if (each.which().test(line) && each.left().getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    if (each.isExecuted()) {
                        answer(request, true);
                    }
                    return each.answer().get();
                }
            }
        }
        return answer(request, isInvoker);
    }

    /// The server waits ten seconds for watches that a client leaves open as it goes. That it gives up then is no
    /// fault of what is tested.
    @Override
    public void close() throws IOException {
        try {
            server.close();
        } catch (IllegalStateException e) {
            if (!(e.getCause() instanceof TimeoutException)) {
                throw e;
            }
        }
    }

    private MockResponse answer(RecordedRequest request, boolean isInvoker) {
        String path = request.getPath();
        if (path.equals("/version") || path.equals("/version/")) {
            return json("{\"major\":\"1\",\"minor\":\"%s\",\"gitVersion\":\"v1.%s.0\"}".formatted(minor, minor));
        }
        if (path.equals("/api/v1")) {
            return json(Serialization.asJson(new APIResourceListBuilder()
                    .withGroupVersion("v1")
                    .addToResources(new APIResourceBuilder().withName("pods").build())
                    .addToResources(
                            new APIResourceBuilder().withName("pods/resize").build())
                    .build()));
        }
        Matcher parts = RESOURCE.matcher(path);
        String sub = parts.matches() ? String.valueOf(parts.group("sub")) : "";
        return switch (sub) {
            case "attach" -> current().attach(parts.group("name"));
            case "log" ->
                new MockResponse().setResponseCode(200).setBody(current().log(parts.group("name")));
            case "resize" -> {
                current().resize(parts.group("name"), request.getUtf8Body());
                yield objects.handleGet("/api/v1/namespaces/%s/pods/%s".formatted(NAMESPACE, parts.group("name")));
            }
            default -> watched(withReason(objects.dispatch(request)), isInvoker && path.contains("watch=true"));
        };
    }

    /// The mock server has no word for what is there already; a real one has.
    private static MockResponse withReason(MockResponse response) {
        return response.code() == 409 ? failure(409, "AlreadyExists") : response;
    }

    private MockResponse watched(MockResponse response, boolean isWatch) {
        WebSocketListener listener = response.getWebSocketListener();
        return isWatch && listener != null ? response.withWebSocketUpgrade(new Watch(listener)) : response;
    }

    private Node current() {
        Node now = node;
        if (now == null) {
            throw new IllegalStateException("the cluster has no node");
        }
        return now;
    }

    /// As the authorizer of an API server names a request.
    private void record(RecordedRequest request) {
        Matcher parts = RESOURCE.matcher(request.getPath());
        if (!parts.matches()) {
            return; // discovery, which anybody may
        }
        String group = parts.group("group") == null ? "" : "." + parts.group("group");
        String sub = parts.group("sub") == null ? "" : "/" + parts.group("sub");
        boolean isOne = parts.group("name") != null;
        String verb = switch (request.getMethod()) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> isOne ? "delete" : "deletecollection";
            default -> request.getPath().contains("watch=true") ? "watch" : isOne ? "get" : "list";
        };
        asked.add("%s %s%s%s".formatted(verb, parts.group("kind"), sub, group));
    }

    private static MockResponse failure(int status, String reason) {
        return json(status(status, reason)).setResponseCode(status);
    }

    private static String status(int code, String reason) {
        return Serialization.asJson(new StatusBuilder()
                .withStatus("Failure")
                .withCode(code)
                .withReason(reason)
                .withMessage("a fault of the test")
                .build());
    }

    private static MockResponse json(String body) {
        return new MockResponse()
                .setResponseCode(200)
                .setHeader("Content-Type", "application/json")
                .setBody(body);
    }

    /// A watch of the invoker, which can be silenced.
    private final class Watch extends WebSocketListener {
        private final WebSocketListener real;
        private @Nullable Socket socket;

        private Watch(WebSocketListener real) {
            this.real = real;
        }

        @Override
        public void onOpen(WebSocket open, Response response) {
            var wrapped = new Socket(open);
            socket = wrapped;
            if (hasForgotten) {
                hasForgotten = false;
                open.send("{\"type\":\"ERROR\",\"object\":%s}".formatted(status(410, "Expired")));
                return;
            }
            watches.add(wrapped);
            real.onOpen(wrapped, response);
        }

        @Override
        public void onClosing(WebSocket closing, int code, String reason) {
            real.onClosing(wrapped(closing), code, reason);
        }

        @Override
        public void onClosed(WebSocket closed, int code, String reason) {
            real.onClosed(wrapped(closed), code, reason);
        }

        @Override
        public void onFailure(WebSocket failed, Throwable error, Response response) {
            real.onFailure(wrapped(failed), error, response);
        }

        private WebSocket wrapped(WebSocket other) {
            return socket == null ? other : socket;
        }
    }

    private static final class Socket implements WebSocket {
        private final WebSocket real;
        private volatile boolean isSilent;

        private Socket(WebSocket real) {
            this.real = real;
        }

        @Override
        public RecordedRequest request() {
            return real.request();
        }

        @Override
        public boolean send(String text) {
            return isSilent || real.send(text);
        }

        @Override
        public boolean send(byte[] bytes) {
            return isSilent || real.send(bytes);
        }

        @Override
        public boolean close(int code, String reason) {
            return real.close(code, reason);
        }
    }
}
