package dev.whirl.e2e.cluster;

import dev.whirl.e2e.crash.CountingFunction;
import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.CounterService;
import dev.whirl.e2e.support.Waiting;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/// Callers who go on calling whatever happens, some for results, some to have a call accepted, and remember what they
/// were told. They pass over a controller that says that it is not ready, and over an address where none is, as a proxy
/// does.
final class Callers implements AutoCloseable {
    /// A load that leaves two processors time for parts that start: more would only pile up.
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final List<Api> apis;
    private final CounterService counter = new CounterService();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final List<Boolean> ready = new CopyOnWriteArrayList<>(List.of(true, true));
    private final AtomicInteger tokens = new AtomicInteger();
    private final List<Integer> statuses = new CopyOnWriteArrayList<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final List<String> broken = new CopyOnWriteArrayList<>();
    private final AtomicLong longestNanos = new AtomicLong();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    Callers(IntFunction<Api> apis, int number) {
        this.apis = List.of(apis.apply(0), apis.apply(1));
        threads.add(Thread.ofVirtual().start(this::look));
        for (int i = 0; i < number; i++) {
            int caller = i;
            threads.add(Thread.ofVirtual().start(() -> run(caller)));
        }
    }

    private void look() {
        try {
            while (!isOver.get()) {
                for (int i = 0; i < 2; i++) {
                    ready.set(i, isReady(apis.get(i)));
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isReady(Api api) {
        try {
            return api.trySend(api.request("/ready")
                                    .timeout(Duration.ofSeconds(1))
                                    .GET())
                            .status()
                    == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private void run(int caller) {
        boolean isPatient = caller % 2 == 0;
        for (int i = caller / 2; !isOver.get(); i++) {
            try {
                long asked = System.nanoTime();
                Answer answer = isPatient ? call(i, "echo", "{\"a\":1}") : call(i, CountingFunction.NAME, counted());
                longestNanos.accumulateAndGet(System.nanoTime() - asked, Math::max);
                statuses.add(answer.status());
                if (answer.status() == 202) {
                    accepted.add(answer.text("activationId"));
                }
                Thread.sleep(BETWEEN);
            } catch (IOException e) {
                broken.add(e.toString());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private String counted() {
        return CountingFunction.payload(counter.port(), "load-" + tokens.incrementAndGet(), 30);
    }

    private Answer call(int number, String action, String payload) throws IOException {
        boolean isPatient = action.equals("echo");
        String path = Api.action(action) + (isPatient ? "?blocking=true&result=true" : "");
        int first = ready.get(number % 2) ? number % 2 : (number + 1) % 2;
        try {
            return post(apis.get(first), path, payload);
        } catch (ConnectException _) {
            return post(apis.get(1 - first), path, payload);
        }
    }

    private static Answer post(Api api, String path, String payload) throws IOException {
        return api.trySend(
                api.request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(payload)));
    }

    /// Waits until so many more calls were answered.
    void awaitAnswers(int more) {
        int before = statuses.size();
        Waiting.until(Duration.ofSeconds(60), statuses::size, size -> size >= before + more);
    }

    /// Waits until a call is answered so.
    void awaitStatus(int status) {
        Waiting.until(Duration.ofSeconds(60), statuses::size, _ -> statuses.contains(status));
    }

    /// Goes on calling for so long: what happens meanwhile is to last.
    void callFor(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    /// Waits until so many of the next calls succeed.
    void awaitSuccesses(int more) {
        Waiting.until(
                Duration.ofSeconds(60),
                () -> statuses.stream().filter(each -> each == 200).count(),
                withStart(more));
    }

    private java.util.function.Predicate<Long> withStart(int more) {
        long before = statuses.stream().filter(each -> each == 200).count();
        return now -> now >= before + more;
    }

    /// Ends the calling; on return all have their answers.
    void end() {
        isOver.set(true);
        for (Thread each : threads) {
            try {
                each.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    List<Integer> statuses() {
        return statuses;
    }

    /// Ids that a 202 has promised.
    List<String> accepted() {
        return accepted;
    }

    /// What went wrong where no answer came.
    List<String> broken() {
        return broken;
    }

    /// How long the one waited for its answer that waited longest.
    Duration longestWait() {
        return Duration.ofNanos(longestNanos.get());
    }

    /// How often each accepted call ran.
    CounterService counter() {
        return counter;
    }

    @Override
    public void close() {
        end();
        counter.close();
    }
}
