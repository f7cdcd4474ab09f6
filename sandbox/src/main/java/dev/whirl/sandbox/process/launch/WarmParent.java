package dev.whirl.sandbox.process.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whirl.model.json.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One process with a runtime's launcher loaded, which forks sandboxes out of itself: `parent/parent.py` says what is
/// spoken.
///
/// | state   | event                                               | next                                       |
/// |---------|-----------------------------------------------------|--------------------------------------------|
/// | usable  | [#retire]: it hangs, failed, or has forked enough    | retired: what it forked lives on, it too   |
/// | retired | the last of what it forked has ended                | killed                                     |
/// | any     | its process ends                                    | gone: the kernel has ended what it forked  |
///
/// Requests are made one at a time, guarded by `this`.
final class WarmParent implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WarmParent.class);
    private static final Duration START_PATIENCE = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /// What was forked from one process shares the layout of its memory and the secret of its hash tables.
    private static final int MAX_FORKS = 1_000;

    private static final int MAX_WAITING_ANSWERS = 16;
    private static final int MAX_LINE = 4_096;

    private final Process process;
    private final BufferedReader lines;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>(MAX_WAITING_ANSWERS);
    private final Map<Long, ForkedProcess> forked = new ConcurrentHashMap<>();
    private volatile boolean isUsable = true;

    /// Whether somebody waits for an answer.
    private volatile boolean isAsked;

    private volatile String lastWords = "";
    private int forks; // guarded by this

    private sealed interface Answer {
        record Ready() implements Answer {}

        record Started(ForkedProcess process) implements Answer {}

        record Failed(String reason) implements Answer {}
    }

    /// What to fork.
    ///
    /// @param folder of the sandbox, its name in the run folder
    /// @param user its number in the parent's user namespace
    /// @param joins the control group files that its pid is written into before it does anything
    record Order(String folder, int user, Map<String, String> environment, List<Path> joins) {}

    private WarmParent(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /// Waits until a parent that was just started has tried out that it can make sandboxes.
    ///
    /// @throws IOException with its reason if it can't
    static WarmParent ready(Process process) throws IOException, InterruptedException {
        var parent = new WarmParent(process);
        Thread.ofPlatform().name("sandbox-parent-" + process.pid()).daemon().start(parent::listen);
        Answer answer = null;
        try {
            answer = parent.answers.poll(START_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (answer instanceof Answer.Ready) {
                return parent;
            }
        } finally {
            if (!(answer instanceof Answer.Ready)) {
                parent.close();
            }
        }
        throw new IOException(answer instanceof Answer.Failed(String reason) ? reason : "it did not get ready");
    }

    boolean isRunning() {
        return process.isAlive();
    }

    boolean isUsable() {
        return isUsable;
    }

    /// Forks a process, puts it into its control groups, and lets it go. Empty if it was retired meanwhile.
    ///
    /// @throws IOException if it can't: then nothing of it is left, and this parent is not to be used again
    Optional<Process> fork(Order order) throws IOException, InterruptedException {
        boolean isDone = false;
        try {
            Optional<Process> child = forked(order);
            isDone = true;
            return child;
        } finally {
            if (!isDone) {
                retire();
                dismissAnswers();
            }
        }
    }

    private synchronized Optional<Process> forked(Order order) throws IOException, InterruptedException {
        if (!isUsable) {
            return Optional.empty();
        }
        ForkedProcess child = switch (answered(order)) {
            case Answer.Started(ForkedProcess started) -> started;
            case Answer.Failed(String reason) -> throw new IOException(reason);
            case Answer.Ready _ -> throw new IOException("it said that it is ready, twice");
            case null -> throw new IOException("it did not answer");
        };
        try {
            join(child, order.joins());
            say("go");
        } catch (IOException e) {
            child.destroy();
            throw e;
        }
        if (++forks >= MAX_FORKS) {
            retire();
        }
        return Optional.of(child);
    }

    private @Nullable Answer answered(Order order) throws IOException, InterruptedException {
        dismissAnswers(); // such as that what was forked the last time has ended already
        isAsked = true;
        try {
            say(request(order));
            return answers.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            isAsked = false;
        }
    }

    /// What nobody waits for any more. A process that came too late would wait for ever to be let go, and its parent
    /// with it.
    private void dismissAnswers() {
        for (Answer each = answers.poll(); each != null; each = answers.poll()) {
            if (each instanceof Answer.Started(ForkedProcess child)) {
                child.destroy();
            }
        }
    }

    private static void join(ForkedProcess child, List<Path> joins) throws IOException {
        for (Path each : joins) {
            Files.write(each, Long.toString(child.pid()).getBytes(UTF_8), StandardOpenOption.WRITE);
        }
    }

    private static String request(Order order) {
        var writer = new JsonWriter();
        writer.startObject().field("folder", order.folder()).field("user", order.user());
        writer.name("environment").startObject();
        order.environment().forEach(writer::field);
        return writer.endObject().endObject().toRawJson().toString();
    }

    private void say(String line) throws IOException {
        var out = process.getOutputStream();
        out.write((line + "\n").getBytes(UTF_8));
        out.flush();
    }

    /// Nothing more is forked from it. It ends with the last of what it forked, whose ends it may not be able to tell.
    void retire() {
        if (isUsable) {
            isUsable = false;
            Thread.ofVirtual().name("sandbox-parent-retired").start(this::outlive);
        }
    }

    private void outlive() {
        try {
            while (process.isAlive() && !forked.isEmpty()) {
                Thread.sleep(LOOK_EVERY);
                forked.values().removeIf(WarmParent::isGone);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private static boolean isGone(ForkedProcess child) {
        if (child.isThere()) {
            return false;
        }
        child.ended(ForkedProcess.STATUS_UNKNOWN);
        return true;
    }

    /// Ends it, and with it everything that it forked.
    @Override
    public void close() {
        isUsable = false;
        process.destroyForcibly();
    }

    private void listen() {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard(line.substring(0, Math.min(MAX_LINE, line.length())));
            }
        } catch (IOException | NumberFormatException e) {
            log.atDebug().setCause(e).log("a warm parent is gone");
        } finally {
            isUsable = false;
            process.destroyForcibly();
            answer(new Answer.Failed("it ended" + (lastWords.isEmpty() ? "" : ": " + lastWords)));
            forked.values().forEach(child -> child.ended(ForkedProcess.STATUS_UNKNOWN));
            forked.clear();
        }
    }

    /// What nobody asked for is dropped once there is much of it.
    private void answer(Answer answer) {
        var _ = answers.offer(answer);
    }

    private void heard(String line) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case "ready" -> answer(new Answer.Ready());
            case "started" -> {
                var child = new ForkedProcess(Long.parseLong(words[1]));
                forked.put(Long.parseLong(words[2]), child);
                answer(new Answer.Started(child));
                if (!isAsked) {
                    dismissAnswers();
                }
            }
            case "ended" -> {
                ForkedProcess child = forked.remove(Long.parseLong(words[1]));
                if (child != null) {
                    child.ended(Integer.parseInt(words[2]));
                }
            }
            case "failed" ->
                answer(new Answer.Failed(line.substring(words[0].length()).strip()));
            default -> lastWords = line;
        }
    }
}
