package dev.whirl.sandbox.process.wire;

import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Payload;
import dev.whirl.sandbox.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The connection with the runtime of one sandbox: listening, connected, then broken.
///
/// Calls come from any thread and wait there. The loop's thread reads and completes them. Once broken, calls that are
/// in flight stay so until somebody who knows the reason calls [#fail].
public final class Wire implements AutoCloseable {
    private static final int MAX_ABANDONED = 1_024;

    private final WireLoop loop;
    private final ServerSocketChannel listener;
    private final Path socket;
    private final Consumer<String> whenBroken;
    private final FrameReader reader = new FrameReader();
    private final FrameReader.Handler frames = new Frames();
    private final CompletableFuture<byte[]> ready = new CompletableFuture<>();
    private final Map<Integer, PendingCall> pending = new ConcurrentHashMap<>();
    private final Set<Integer> abandoned = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lastRequest = new AtomicInteger();
    private volatile @Nullable FrameWriter writer;
    private volatile @Nullable SocketChannel channel;
    private @Nullable String broken; // guarded by this
    private volatile boolean isBroken;

    Wire(WireLoop loop, ServerSocketChannel listener, Path socket, Consumer<String> whenBroken) {
        this.loop = loop;
        this.listener = listener;
        this.socket = socket;
        this.whenBroken = whenBroken;
    }

    /// Waits until the runtime has connected and says that it takes an init; gives its READY document, or null
    /// when the time is over.
    ///
    /// @throws IOException if the connection broke or [#fail] was called
    public byte @Nullable [] awaitReady(Duration timeout) throws IOException, InterruptedException {
        try {
            return ready.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e);
        }
    }

    /// The number for a next call.
    public int nextRequest() {
        return lastRequest.incrementAndGet();
    }

    /// Sends the code, which is given back then, and waits for the answer.
    ///
    /// @param built what a runtime that compiles made of it before, or takes what it makes now
    public Reply init(int request, InitRequest init, BuiltCode built, int bodyLimit, long deadlineNanos)
            throws InterruptedException {
        Payload body = Payload.of(init);
        try {
            var call = new PendingCall(bodyLimit, built);
            return call(Frame.INIT, request, body, call, deadlineNanos);
        } finally {
            body.sent();
        }
    }

    /// Sends one run and waits for the answer.
    ///
    /// @param bodyLimit of the answer at most so many bytes are kept
    /// @param deadlineNanos as of [System#nanoTime]
    public Reply run(int request, RawJson body, int bodyLimit, long deadlineNanos) throws InterruptedException {
        var call = new PendingCall(bodyLimit, BuiltCode.NONE);
        return call(Frame.RUN, request, new Payload.Whole(body), call, deadlineNanos);
    }

    /// Whether nothing can be sent any more.
    public boolean isBroken() {
        return isBroken;
    }

    /// Ends all calls in flight with this outcome; later ones reach nobody.
    public void fail(Reply.Died outcome) {
        broke(outcome.detail());
        ready.completeExceptionally(new IOException(outcome.detail()));
        for (Integer request : List.copyOf(pending.keySet())) {
            PendingCall call = pending.remove(request);
            if (call != null) {
                call.complete(outcome);
            }
        }
    }

    @Override
    public void close() {
        fail(new Reply.Died(Reply.Died.Cause.EXITED, "the sandbox was closed"));
    }

    /// Marks the connection as over, once: also for who knows that the runtime has ended.
    public void broke(String reason) {
        synchronized (this) {
            if (broken != null) {
                return;
            }
            broken = reason;
            isBroken = true;
        }
        closeChannels();
        FrameWriter current = writer;
        if (current != null) {
            current.wakeUp();
        }
        Thread.ofVirtual().name("sandbox-broken").start(() -> whenBroken.accept(reason));
    }

    void accept() throws IOException {
        SocketChannel accepted = listener.accept();
        if (accepted == null) {
            return;
        }
        stopListening();
        accepted.configureBlocking(false);
        channel = accepted;
        SelectionKey key = loop.register(accepted, SelectionKey.OP_READ, this);
        writer = new FrameWriter(accepted, key, loop);
        if (isBroken) {
            accepted.close();
        }
    }

    /// Reads once.
    void read(ByteBuffer buffer) throws IOException {
        SocketChannel current = channel;
        if (current == null) {
            return;
        }
        buffer.clear();
        int count = current.read(buffer);
        if (count < 0) {
            broke("the runtime closed its connection");
            return;
        }
        try {
            reader.feed(buffer.flip(), frames);
        } catch (WireViolation e) {
            broke("the runtime sent " + e.getMessage());
        }
    }

    void roomToWrite() {
        FrameWriter current = writer;
        if (current != null) {
            current.roomToWrite();
        }
    }

    private Reply call(byte type, int request, Payload body, PendingCall call, long deadlineNanos)
            throws InterruptedException {
        pending.put(request, call);
        FrameWriter current = writer;
        if (isBroken || current == null) {
            return notReached(request, "the runtime is gone");
        }
        try {
            FrameWriter.Outcome outcome = FrameWriter.Outcome.SENT;
            if (call.offer().isPresent()) {
                outcome = current.write(Frame.BUILT, request, call.offer().get(), deadlineNanos);
            }
            if (outcome != FrameWriter.Outcome.BROKEN_OFF) { // what can't be offered is made again
                outcome = current.write(type, request, body, deadlineNanos);
            }
            body.sent();
            return switch (outcome) {
                case SENT -> awaited(request, call, deadlineNanos);
                case NOTHING_SENT -> nothingSent(request, deadlineNanos);
                case BROKEN_OFF -> {
                    broke("the runtime did not read its input");
                    yield awaited(request, call, deadlineNanos);
                }
            };
        } catch (InterruptedException e) {
            abandon(request);
            throw e;
        }
    }

    private Reply awaited(int request, PendingCall call, long deadlineNanos) throws InterruptedException {
        Reply reply = call.await(deadlineNanos);
        if (reply != null) {
            return reply;
        }
        abandon(request);
        return new Reply.TimedOut();
    }

    private Reply nothingSent(int request, long deadlineNanos) {
        boolean isLate = System.nanoTime() - deadlineNanos >= 0;
        Reply.NotReached notReached = notReached(request, "the runtime took nothing");
        return isLate ? new Reply.TimedOut() : notReached;
    }

    private Reply.NotReached notReached(int request, String detail) {
        pending.remove(request);
        return new Reply.NotReached(detail);
    }

    /// A late reply of this request is not a violation.
    private void abandon(int request) {
        if (abandoned.size() < MAX_ABANDONED) {
            abandoned.add(request);
        }
        pending.remove(request);
    }

    private void stopListening() throws IOException {
        listener.close();
        Files.deleteIfExists(socket);
    }

    private void closeChannels() {
        try {
            stopListening();
            SocketChannel current = channel;
            if (current != null) {
                current.close();
            }
            loop.wakeUp(); // the selector lets go of closed channels
        } catch (IOException e) {
            // closing what is broken
        }
    }

    /// What the loop's thread does with each frame.
    private final class Frames implements FrameReader.Handler {
        @Override
        public int bodyLimit(int request) throws WireViolation {
            PendingCall call = pending.get(request);
            if (call != null) {
                return call.bodyLimit();
            }
            if (abandoned.contains(request)) {
                return 0;
            }
            throw new WireViolation("a reply to request %d, which is not in flight".formatted(request));
        }

        @Override
        public int builtLimit(int request) throws WireViolation {
            PendingCall call = pending.get(request);
            if (call != null && call.takesBuilt()) {
                return call.builtLimit();
            }
            if (abandoned.contains(request)) {
                return 0;
            }
            throw new WireViolation("built code for request %d, which nobody asked for".formatted(request));
        }

        @Override
        public void built(int request, byte[] content, long fullSizeBytes) {
            PendingCall call = pending.get(request);
            if (call != null) {
                call.built(content, fullSizeBytes);
            }
        }

        @Override
        public void ready(byte[] document) throws WireViolation {
            if (!ready.complete(document)) {
                throw new WireViolation("a second ready frame");
            }
        }

        @Override
        public void reply(int request, int status, byte[] body, long fullSizeBytes) {
            PendingCall call = pending.remove(request);
            if (call != null) {
                call.complete(new Reply.Answered(status, body, fullSizeBytes));
            } else {
                abandoned.remove(request);
            }
        }
    }
}
