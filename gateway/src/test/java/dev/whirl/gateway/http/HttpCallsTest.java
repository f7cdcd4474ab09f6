package dev.whirl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.whirl.gateway.http.CallException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallsTest {
    private static final HttpCalls.Room NO_BOUND = _ -> {};

    private static HttpServer server;
    private static String address;

    /// Opened when a test is over, for those that never answer.
    private static final CountDownLatch OVER = new CountDownLatch(1);

    private static ExecutorService threads;

    private final HttpCalls calls = new HttpCalls(new HttpCalls.Bounds(10, 10, Duration.ofSeconds(10)));

    @BeforeAll
    static void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/echo", exchange -> {
            byte[] body = "%s %s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            exchange.getRequestHeaders().getFirst("X-Mine"),
                            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Set-Cookie", "a=b");
            exchange.getResponseHeaders().add("Set-Cookie", "c=d");
            exchange.sendResponseHeaders(201, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/asked", exchange -> {
            byte[] names = String.join(" ", exchange.getRequestHeaders().keySet())
                    .toLowerCase(Locale.ROOT)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, names.length);
            exchange.getResponseBody().write(names);
            exchange.close();
        });
        server.createContext("/type", exchange -> {
            byte[] types = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, types.length);
            exchange.getResponseBody().write(types);
            exchange.close();
        });
        server.createContext("/headers/", exchange -> {
            String[] numbers = exchange.getRequestURI().getPath().split("/");
            for (int i = 0; i < Integer.parseInt(numbers[2]); i++) {
                exchange.getResponseHeaders().add("X-" + i, "x".repeat(Integer.parseInt(numbers[3])));
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.createContext("/away", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://169.254.169.254/");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/drips", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (!OVER.await(20, TimeUnit.MILLISECONDS)) {
                    out.write('.');
                    out.flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.createContext("/floods", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (OVER.getCount() > 0) {
                    out.write(new byte[64 * 1024]);
                }
            }
        });
        server.createContext("/silent", exchange -> {
            try {
                OVER.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterAll
    static void stop() {
        OVER.countDown();
        server.stop(0);
        threads.close();
    }

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void aCallGoesOutAsItIsButForTheConnectionsHeaders() throws IOException {
        HttpCalls.TargetReply reply = calls.call(
                "POST",
                address + "/echo/a%20b?x=1",
                Map.of("x-mine", "1", "content-length", "999", "transfer-encoding", "chunked", "host", "evil"),
                "body".getBytes(StandardCharsets.UTF_8),
                1000,
                NO_BOUND);

        assertThat(reply.status()).isEqualTo(201);
        assertThat(text(reply)).isEqualTo("POST /echo/a%20b?x=1 1 body");
        assertThat(reply.fields())
                .contains(new HttpCalls.Field("set-cookie", "a=b"), new HttpCalls.Field("set-cookie", "c=d"))
                .noneMatch(each -> each.name().equals("content-length"));
    }

    @Test
    void aTargetIsAskedForNothingThatTheCallerDidNotAskFor() throws IOException {
        HttpCalls.TargetReply reply =
                calls.call("GET", address + "/asked", Map.of("x-mine", "1"), new byte[0], 1000, NO_BOUND);

        assertThat(text(reply).split(" ")).containsOnly("host", "connection", "x-mine");
    }

    @Test
    void theTypeOfABodyGoesOutAsItIs() throws IOException {
        String type = "text/plain; charset=?!";

        HttpCalls.TargetReply reply =
                calls.call("POST", address + "/type", Map.of("content-type", type), new byte[1], 1000, NO_BOUND);

        assertThat(text(reply)).isEqualTo(type);
    }

    @Test
    void redirectsAreNotFollowed() throws IOException {
        assertThat(calls.get(address + "/away", "token", 100).status()).isEqualTo(302);
        assertThat(get(calls, "/away", 100, NO_BOUND).status()).isEqualTo(302);
    }

    @Test
    void anAnswerIsBounded() {
        assertThat(failure(() -> get(calls, "/echo", 5, NO_BOUND))).isEqualTo(Reason.TOO_LONG);
        assertThat(failure(() -> get(calls, "/floods", 1_000_000, NO_BOUND))).isEqualTo(Reason.TOO_LONG);
    }

    @Test
    void theHeadOfAnAnswerIsBoundedToo() throws CallException {
        assertThat(get(calls, "/headers/90/10", 100, NO_BOUND).fields()).hasSizeGreaterThanOrEqualTo(90);
        assertThat(get(calls, "/headers/1/8000", 100, NO_BOUND).status()).isEqualTo(204);
        assertThat(failure(() -> get(calls, "/headers/101/10", 100, NO_BOUND))).isEqualTo(Reason.AWAY);
        assertThat(failure(() -> get(calls, "/headers/1/8200", 100, NO_BOUND))).isEqualTo(Reason.AWAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/drips", "/silent"})
    void aCallEndsInTimeWhateverComes(String path) {
        try (var impatient = new HttpCalls(new HttpCalls.Bounds(1, 1, Duration.ofSeconds(1)))) {
            long start = System.nanoTime();

            assertThat(failure(() -> get(impatient, path, 1_000_000, NO_BOUND))).isEqualTo(Reason.TOO_SLOW);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThatCode(() -> get(impatient, "/echo", 100, NO_BOUND)).doesNotThrowAnyException();
        }
    }

    @Test
    void aTargetThatNeverShakesHandsIsGivenUp() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var impatient = new HttpCalls(new HttpCalls.Bounds(1, 1, Duration.ofSeconds(1)))) {
            String there = "https://127.0.0.1:" + silent.getLocalPort();

            assertThat(failure(() -> impatient.call("GET", there, Map.of(), new byte[0], 100, NO_BOUND)))
                    .isEqualTo(Reason.TOO_SLOW);
        }
    }

    @Test
    void aSlowTargetLeavesConnectionsForOthersAndIsNotWaitedForInALine() throws Exception {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        other.start();
        try (var few = new HttpCalls(new HttpCalls.Bounds(4, 2, Duration.ofSeconds(20)));
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reason>> all = IntStream.range(0, 6)
                    .mapToObj(_ -> callers.submit(() -> failure(() -> get(few, "/silent", 100, NO_BOUND))))
                    .toList();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(all.stream().filter(Future::isDone).count())
                                    .isEqualTo(4));
            assertThat(all.stream().filter(Future::isDone).map(Future::resultNow))
                    .containsOnly(Reason.BUSY);
            String there = "http://127.0.0.1:" + other.getAddress().getPort() + "/";
            assertThat(few.call("GET", there, Map.of(), new byte[0], 100, NO_BOUND)
                            .status())
                    .isEqualTo(204);
            callers.shutdownNow();
        } finally {
            other.stop(0);
        }
    }

    @Test
    void memoryForALargeAnswerIsAskedForBeforeItIsUsed() throws IOException {
        var taken = new AtomicLong();
        HttpCalls.Room room = inAll -> {
            assertThat(inAll - taken.getAndSet(inAll)).isLessThanOrEqualTo(2 * 64 * 1024);
            if (inAll > 1_000_000) {
                throw new IllegalArgumentException("no more");
            }
        };
        assertThat(get(calls, "/echo", 1000, room).status()).isEqualTo(201);
        assertThat(taken).hasValue(0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> get(calls, "/floods", Integer.MAX_VALUE, room))
                .withMessage("no more");
    }

    @Test
    void nobodyThereIsSaidSo() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        CallException problem =
                problem(() -> calls.call("GET", "http://127.0.0.1:" + port, Map.of(), new byte[0], 100, NO_BOUND));

        assertThat(problem.reason()).isEqualTo(Reason.AWAY);
        assertThat(problem.isUnsent()).isTrue();
    }

    @Test
    void aTargetThatBreaksOffMayHaveDoneWhatItWasAsked() throws Exception {
        try (var breaking = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<Integer> firstByte = threads.submit(() -> {
                try (Socket socket = breaking.accept()) {
                    return socket.getInputStream().read();
                }
            });
            String there = "http://127.0.0.1:" + breaking.getLocalPort();

            CallException problem = problem(() -> calls.call("GET", there, Map.of(), new byte[0], 100, NO_BOUND));

            assertThat(firstByte.get()).isEqualTo('G');
            assertThat(problem.reason()).isEqualTo(Reason.AWAY);
            assertThat(problem.isUnsent()).isFalse();
        }
    }

    @Test
    void whatIsNoAddressIsSaidSo() {
        assertThat(failure(() -> get(calls, "/a{b}", 100, NO_BOUND))).isEqualTo(Reason.NO_ADDRESS);
    }

    private static HttpCalls.TargetReply get(HttpCalls calls, String path, int maxBytes, HttpCalls.Room room)
            throws CallException {
        return calls.call("GET", address + path, Map.of(), new byte[0], maxBytes, room);
    }

    private static Reason failure(ThrowableAssert.ThrowingCallable call) {
        return problem(call).reason();
    }

    private static CallException problem(ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(CallException.class, call);
    }

    private static String text(HttpCalls.TargetReply reply) throws IOException {
        var out = new ByteArrayOutputStream();
        reply.writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
