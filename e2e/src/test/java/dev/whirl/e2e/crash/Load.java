package dev.whirl.e2e.crash;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Callers that go on writing until the server is gone, and enter in the ledgers what they were told.
final class Load implements AutoCloseable {
    /// So that a restarted server has no more to catch up on than it can in a moment.
    private static final int MOST_CALLS = 80;

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /// One thread's work: gives up at the first broken connection.
    private interface Caller {
        void call() throws IOException;
    }

    private final Api api;
    private final EntityLedger entities;
    private final ActivationLedger activations;
    private final SplittableRandom random;
    private final String round;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();
    private final Semaphore answers = new Semaphore(0);

    Load(
            WhirlServer server,
            EntityLedger entities,
            ActivationLedger activations,
            SplittableRandom random,
            String round) {
        this.api = Api.guest(server);
        this.entities = entities;
        this.activations = activations;
        this.random = random;
        this.round = round;
    }

    void start() {
        for (int i = 0; i < 2; i++) {
            String owner = "writer" + i;
            SplittableRandom own = random.split();
            run(() -> write(owner, own));
        }
        SplittableRandom first = random.split();
        SplittableRandom second = random.split();
        run(() -> accept(first));
        run(() -> waitALittle(second));
        run(this::waitLong);
    }

    /// Waits until that many calls of functions were answered, or as long as a slow machine may take for it.
    void awaitAnswers(int count) throws InterruptedException {
        if (!answers.tryAcquire(count, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            System.out.printf("only %d of %d answers before the kill%n", answers.availablePermits(), count);
        }
    }

    private void run(Caller caller) {
        running.add(threads.submit(() -> {
            try {
                caller.call();
            } catch (IOException e) {
                // the server was killed: what was on its way is unknown
            }
        }));
    }

    private void write(String owner, SplittableRandom own) throws IOException {
        for (int n = 0; ; n++) {
            String name = owner + "-" + own.nextInt(4);
            if (entities.mayExist(name) && own.nextInt(3) == 0) {
                delete(name);
            } else {
                put(name, round + "-" + owner + "-" + n);
            }
        }
    }

    private void put(String name, String mark) throws IOException {
        entities.begin(name, Optional.of(mark));
        long begun = System.nanoTime();
        String body =
                "{\"exec\":{\"kind\":\"python:3.11\",\"code\":%s},\"annotations\":[{\"key\":\"mark\",\"value\":\"%s\"}]}"
                        .formatted(RawJson.string(EntityLedger.codeWith(mark)), mark);
        api.trySend(json(Api.action(name) + "?overwrite=true").PUT(BodyPublishers.ofString(body)))
                .expect(200);
        entities.acknowledged(name, Optional.of(mark));
        activations.durable(begun);
    }

    private void delete(String name) throws IOException {
        entities.begin(name, Optional.empty());
        Answer answer = api.trySend(api.request(Api.action(name)).DELETE());
        if (answer.status() != 404) {
            answer.expect(200);
        }
        entities.acknowledged(name, Optional.empty());
    }

    private void accept(SplittableRandom own) throws IOException {
        for (int n = 0; n < MOST_CALLS; n++) {
            String token = round + "-accept-" + n;
            Answer answer = invoke("", token, own.nextInt(60)).expect(202);
            activations.accepted(token, answer.text("activationId"));
            answers.release();
        }
    }

    private void waitALittle(SplittableRandom own) throws IOException {
        for (int n = 0; n < MOST_CALLS; n++) {
            String token = round + "-little-" + n;
            Answer answer = invoke("?blocking=true&timeout=" + (1 + own.nextInt(30)), token, own.nextInt(60));
            told(token, answer);
        }
    }

    private void waitLong() throws IOException {
        for (int n = 0; ; n++) {
            String token = round + "-long-" + n;
            told(token, invoke("?blocking=true", token, 5));
        }
    }

    private void told(String token, Answer answer) {
        if (answer.status() == 202) {
            activations.accepted(token, answer.text("activationId"));
        } else {
            activations.answered(token, answer.expect(200).text("activationId"));
        }
        answers.release();
    }

    private Answer invoke(String query, String token, int millis) throws IOException {
        String payload = CountingFunction.payload(activations.counterPort(), token, millis);
        return api.trySend(json(Api.action(CountingFunction.NAME) + query).POST(BodyPublishers.ofString(payload)));
    }

    private HttpRequest.Builder json(String path) {
        return api.request(path).header("Content-Type", "application/json");
    }

    /// Waits until all callers have noticed that the server is gone; fails if one of them got a wrong answer.
    @Override
    public void close() {
        try (threads) {
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("a caller got a wrong answer in round " + round, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            api.client().shutdownNow();
        }
    }
}
