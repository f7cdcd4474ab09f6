package dev.whirl.runtime.java;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/// The HTTP contract of OpenWhisk's images (rows K-10 to K-17) on port 8080, for containers.
///
/// A server of this project numbers its requests: it reads marks, and is told when a run printed
/// nothing, so that it need not wait for an end. For any other, lines are as they are and the end
/// is a line on both streams, after each run and each init that failed.
final class HttpRequests implements Requests {
    private static final int PORT = 8_080;
    private static final int MAX_BODY_BYTES = 48 * 1_024 * 1_024 + 64 * 1_024;
    private static final int OK = 200;
    private static final int UNKNOWN = 404;
    private static final int TOO_LARGE = 413;
    private static final String NUMBER = "X-Whirl-Request";
    private static final String QUIET = "X-Whirl-Quiet";

    private final HttpServer server;
    private final MarkedOutput.Pair output;
    private final StartedProcesses started = new StartedProcesses();
    private final SynchronousQueue<Call> calls = new SynchronousQueue<>();
    private @Nullable Call current;
    private int lastNumber;

    /// One request, which its own thread holds until it is answered.
    @SuppressWarnings("ArrayRecordComponent") // read once, on the path of every call
    private record Call(int type, int givenNumber, byte[] document, CompletableFuture<Reply> reply) {}

    /// @param isQuiet whether to say that nothing was printed
    private record Reply(Answer answer, boolean isQuiet) {}

    HttpRequests(MarkedOutput.Pair output) throws IOException {
        this.output = output;
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(PORT), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
    }

    @Override
    public void ready(byte[] document) {
        server.start();
    }

    @Override
    public Optional<Wire.Frame> receive() {
        while (true) {
            try {
                Call call = calls.take();
                current = call;
                int number = call.givenNumber() > 0 ? call.givenNumber() : --lastNumber;
                return Optional.of(new Wire.Frame(call.type(), number, call.document()));
            } catch (InterruptedException e) {
                // the action did that; it is nothing to the next request
            }
        }
    }

    @Override
    public void reply(int number, Answer answer) {
        Call call = current;
        if (call == null) {
            throw new IllegalStateException("nobody has asked");
        }
        boolean isMarked = number > 0;
        boolean isAlone = !started.areThere();
        boolean isQuiet = isMarked && isAlone && !output.hasWritten();
        boolean isInitialized = call.type() == Wire.INIT && answer.status() == OK;
        if (isMarked ? !isQuiet : !isInitialized) {
            output.writeEnd();
        }
        current = null;
        call.reply().complete(new Reply(answer, isQuiet));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            boolean isInit = path.equals("/init");
            if (!exchange.getRequestMethod().equals("POST") || !(isInit || path.equals("/run"))) {
                send(exchange, UNKNOWN, "{\"error\":\"Only POST /init and POST /run are served.\"}".getBytes(UTF_8));
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
            if (body.length > MAX_BODY_BYTES) {
                send(exchange, TOO_LARGE, "{\"error\":\"The request is too large.\"}".getBytes(UTF_8));
                return;
            }
            Reply reply =
                    pass(new Call(isInit ? Wire.INIT : Wire.RUN, number(exchange), body, new CompletableFuture<>()));
            if (reply.isQuiet()) {
                exchange.getResponseHeaders().set(QUIET, "true");
            }
            send(exchange, reply.answer().status(), reply.answer().document());
        }
    }

    /// Waits until the one before is answered, and then for the answer.
    private Reply pass(Call call) throws IOException {
        try {
            calls.put(call);
            return call.reply().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException("the runtime ends", e);
        }
    }

    private static int number(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst(NUMBER);
        return given != null && given.matches("[0-9]{1,9}") ? Integer.parseInt(given) : 0;
    }

    private static void send(HttpExchange exchange, int status, byte[] document) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, document.length);
        exchange.getResponseBody().write(document);
    }
}
