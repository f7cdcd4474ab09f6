package dev.whirl.cli.command;

import dev.whirl.cli.config.AnswerTimeout;
import dev.whirl.cli.output.Terminal;
import dev.whirl.client.ClientConfig;
import dev.whirl.client.http.CallListener;
import dev.whirl.client.http.HttpCall;
import dev.whirl.client.http.HttpReply;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/// Says on a terminal that an answer is waited for, when a server has been silent for a while: once in a command, in a
/// line that stays. For calls of several threads; `this` guards the fields.
final class WaitNotice implements CallListener {
    /// As long as people wait for a command before they wonder.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Terminal terminal;
    private final String text;
    private final long patienceNanos;

    /// Who waits, and since when.
    private final Map<Thread, Long> waiting = new HashMap<>();

    private boolean isWatched;
    private boolean isTold;

    /// @param config says whose answer it is, and how long that may take
    /// @param patience after which it is told
    WaitNotice(Terminal terminal, ClientConfig config, Duration patience) {
        this.terminal = terminal;
        this.text = "Waiting for %s to answer, for up to %d s (%s changes that, Ctrl-C ends it)"
                .formatted(config.address(), config.readTimeout().toSeconds(), AnswerTimeout.OPTION);
        this.patienceNanos = patience.toNanos();
    }

    @Override
    public void sending(HttpCall call) {
        begin();
    }

    /// While a body goes on its way, the server is not silent.
    @Override
    public void uploading(HttpCall call, long sentBytes) {
        begin();
    }

    /// A long answer takes its time; its server has spoken.
    @Override
    public void answering(HttpCall call) {
        end();
    }

    @Override
    public void received(HttpReply reply) {
        end();
    }

    @Override
    public void failed(HttpCall call) {
        end();
    }

    /// Whether the time is looked at: while somebody waits, until it was told.
    synchronized boolean isWatching() {
        return isWatched;
    }

    private synchronized void begin() {
        if (isTold) {
            return;
        }
        waiting.put(Thread.currentThread(), System.nanoTime());
        if (!isWatched) {
            isWatched = true;
            Thread.ofPlatform().daemon().start(this::watch);
        }
    }

    private synchronized void end() {
        waiting.remove(Thread.currentThread());
        notifyAll();
    }

    private void watch() {
        try {
            if (isSilentBeforeAllHaveAnswers()) {
                terminal.lineInstead(text);
            }
        } catch (InterruptedException _) {
            // nobody interrupts it
        }
    }

    private synchronized boolean isSilentBeforeAllHaveAnswers() throws InterruptedException {
        while (!isTold && !waiting.isEmpty()) {
            long leftNanos = patienceNanos - (System.nanoTime() - Collections.min(waiting.values()));
            isTold = leftNanos <= 0;
            if (!isTold) {
                wait(leftNanos / 1_000_000 + 1);
            }
        }
        waiting.clear();
        isWatched = false;
        return isTold;
    }
}
