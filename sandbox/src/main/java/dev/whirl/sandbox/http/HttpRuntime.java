package dev.whirl.sandbox.http;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Payload;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import dev.whirl.sandbox.http.ContainerCalls.Outcome;
import dev.whirl.sandbox.image.ImageTraits;
import dev.whirl.sandbox.output.ContainerOutput;
import dev.whirl.sandbox.output.ContainerOutput.Patience;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A runtime in a container: init and run are HTTP requests to its port (rows K-10 to K-17), its output comes apart
/// from the answers.
///
/// Once it is broken nothing is sent to it any more.
public final class HttpRuntime implements AutoCloseable {
    /// The port of every action image.
    public static final int PORT = 8080;

    private static final int MAX_INIT_ANSWER = 1 << 20;
    private static final int OK = 200;
    private static final String INIT = "/init";
    private static final int MOST_UNCOLLECTED = 1_000;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long OWN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Reply.Died CLOSED = new Reply.Died(Reply.Died.Cause.EXITED, "the sandbox was closed");
    private static final String LOST_A_PART = "a process of it exceeded the memory limit";

    /// What a runtime of this project answers that has printed nothing.
    private static final String QUIET_HEADER = "x-whirl-quiet";

    /// As long as OpenWhisk waits for the end of logs (row K-16).
    private static final Duration LOG_IDLE = Duration.ofSeconds(2);

    private static final Duration LOG_LEAST = Duration.ofSeconds(10);

    /// How long lines may be under way that nobody announces.
    private static final Patience SHORTLY = new Patience(Duration.ofMillis(50), Duration.ofMillis(500));

    private final ContainerCalls calls;
    private final ContainerOutput output;
    private final ImageTraits traits;
    private final boolean isOwn;
    private final ContainerLife life;
    private final AtomicInteger lastNumber = new AtomicInteger();

    /// How long to wait for the logs of those activations that were answered.
    private final Map<ActivationId, Patience> uncollected = new ConcurrentHashMap<>();

    private volatile boolean isBroken;
    private volatile boolean isClosed;

    /// @param isOwn whether the platform provides the image: then it is bound to print the end of each activation's
    ///     output
    public HttpRuntime(
            ContainerCalls calls, ContainerOutput output, ImageTraits traits, boolean isOwn, ContainerLife life) {
        this.calls = calls;
        this.output = output;
        this.traits = traits;
        this.isOwn = isOwn;
        this.life = life;
    }

    public boolean runsConcurrently() {
        return traits.runsConcurrently();
    }

    /// Nobody listening yet is no end: an image of a user may take its time to get ready (row K-14). One of the
    /// platform's listened when it was started; if it does no more, the init goes elsewhere soon.
    public Reply init(InitRequest request, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long patience = isOwn ? Math.min(timeout.toNanos(), OWN_NANOS) : timeout.toNanos();
        long enough = System.nanoTime() + patience;
        var call = new Call(INIT, request.activation(), request.logLimit(), MAX_INIT_ANSWER, deadline);
        if (isOver()) {
            return endedBeforeInit();
        }
        Payload body = Payload.of(request);
        try {
            Reply reply = exchange(call, body);
            while (reply instanceof Reply.NotReached && System.nanoTime() - enough < 0) {
                if (isOver()) {
                    return endedBeforeInit();
                }
                LockSupport.parkNanos(RETRY_NANOS);
                reply = exchange(call, body);
            }
            return reply instanceof Reply.NotReached && !isOwn ? new Reply.TimedOut() : reply;
        } finally {
            body.sent();
        }
    }

    /// Whether code and parameters must go nowhere any more: the address may be somebody else's by now.
    private boolean isOver() throws InterruptedException {
        if (isClosed || life.hasEnded()) {
            isBroken = true;
        }
        return isBroken;
    }

    private Reply endedBeforeInit() throws InterruptedException {
        return isClosed ? CLOSED : life.endedBeforeInit();
    }

    public Reply run(RunRequest request, Duration timeout) throws InterruptedException {
        if (isBroken) {
            return new Reply.NotReached("the container is gone");
        }
        int limit = (int) Math.min(Integer.MAX_VALUE - 8, request.resultLimit().bytes());
        long deadline = System.nanoTime() + timeout.toNanos();
        var call = new Call("/run", request.activation(), request.logLimit(), limit, deadline);
        return exchange(call, new Payload.Whole(request.body()));
    }

    public CollectedLogs collectLogs(ActivationId activation) {
        Patience patience = uncollected.remove(activation);
        try {
            return output.collect(activation, patience == null ? SHORTLY : patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            output.forget(activation);
            return CollectedLogs.NONE;
        }
    }

    /// Whether it can't be used any more.
    public boolean isBroken() {
        return isBroken;
    }

    /// It can't be used any more. Who waits for an answer goes on waiting.
    public void broke() {
        isBroken = true;
    }

    /// It is gone: who waits for an answer is told at once.
    public void gone() {
        isBroken = true;
        calls.breakOff();
    }

    @Override
    public void close() {
        isClosed = true;
        isBroken = true;
        calls.close();
    }

    /// One request.
    private record Call(String path, ActivationId activation, ByteSize logLimit, int keptBytes, long deadlineNanos) {}

    private Reply exchange(Call call, Payload body) throws InterruptedException {
        int number = lastNumber.incrementAndGet();
        output.begin(call.activation(), number, call.logLimit());
        boolean isQuiet = false;
        try {
            Outcome outcome = calls.post(call.path(), number, body, call.keptBytes(), call.deadlineNanos());
            isQuiet = outcome instanceof Outcome.Answered answered && printsNoEnd(call, answered);
            return reply(call, outcome);
        } finally {
            output.answered(number, isQuiet);
        }
    }

    /// Others print it after each run and each init that failed.
    private boolean printsNoEnd(Call call, Outcome.Answered answer) {
        return traits.marksOutput()
                ? answer.headers().containsKey(QUIET_HEADER)
                : call.path().equals(INIT) && answer.status() == OK;
    }

    private Reply reply(Call call, Outcome outcome) throws InterruptedException {
        return switch (outcome) {
            case Outcome.Answered answer -> {
                int status = answer.status();
                expect(call, isOwn && (status == OK || traits.marksOutput()));
                yield status != OK && isDamaged()
                        ? new Reply.Died(Reply.Died.Cause.OUT_OF_MEMORY, LOST_A_PART)
                        : new Reply.Answered(
                                status, answer.body().bytes(), answer.body().fullSizeBytes());
            }
            case Outcome.Late _ -> {
                expect(call, false);
                yield new Reply.TimedOut();
            }
            case Outcome.Unreached(var detail) -> {
                output.forget(call.activation());
                yield new Reply.NotReached(detail);
            }
            case Outcome.Broken broken -> {
                expect(call, false);
                isBroken = true;
                yield isClosed ? CLOSED : life.endedUnderRequest(broken.detail());
            }
        };
    }

    private boolean isDamaged() {
        boolean isDamaged = life.isDamaged();
        isBroken |= isDamaged;
        return isDamaged;
    }

    private void expect(Call call, boolean endsOutput) {
        if (uncollected.size() > MOST_UNCOLLECTED) {
            uncollected.clear();
        }
        uncollected.put(call.activation(), patience(call.logLimit(), endsOutput));
    }

    /// As row K-16 says. An image of a user need not print an end, but once it did it does.
    private Patience patience(ByteSize logLimit, boolean endsOutput) {
        if (logLimit.bytes() == 0) {
            return new Patience(Duration.ZERO, Duration.ZERO);
        }
        if (!endsOutput && !output.hasSeenEnd()) {
            return SHORTLY;
        }
        Duration most = Duration.ofSeconds(2 * (logLimit.bytes() >> 20));
        return new Patience(LOG_IDLE, most.compareTo(LOG_LEAST) < 0 ? LOG_LEAST : most);
    }
}
