package dev.whirl.sandbox.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.mockwebserver.http.WebSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The container of one pod: a process of this machine with a loopback address of its own, whose output goes to whoever
/// is attached, and which does not get over its memory limit. `this` guards the log.
final class PodProcess {
    private static final int MOST_LOG_BYTES = 4_000;
    private static final long MEMORY_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final AtomicInteger LAST_ADDRESS = new AtomicInteger();

    private final String address = nextAddress();
    private final Process process;
    private final Consumer<PodStatus> report;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final List<WebSocket> attached = new CopyOnWriteArrayList<>();
    private final List<Thread> pumps = new ArrayList<>();
    private volatile long memoryBytes;
    private volatile boolean ranOutOfMemory;
    private volatile boolean isLost;

    /// @param report takes what becomes of it
    PodProcess(Container container, List<String> command, Consumer<PodStatus> report) throws IOException {
        this.report = report;
        memoryBytes = memoryBytes(container);
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        for (EnvVar each : container.getEnv()) {
            builder.environment().put(each.getName(), each.getValue());
        }
        builder.environment().put("PROBE_HOST", address);
        process = builder.start();
    }

    static long memoryBytes(Container container) {
        return Optional.ofNullable(container.getResources().getLimits().get("memory"))
                .orElseThrow()
                .getNumericalAmount()
                .longValue();
    }

    /// Says that it runs, and follows it from then on.
    void begin() {
        report.accept(PodStatuses.running(address, memoryBytes));
        pumps.add(Thread.ofVirtual().start(() -> pump(1, process.getInputStream())));
        pumps.add(Thread.ofVirtual().start(() -> pump(2, process.getErrorStream())));
        Thread.ofVirtual().start(this::awaitEnd);
        Thread.ofVirtual().start(this::keepMemory);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /// Ends it, and nobody says so.
    void lose() {
        isLost = true;
        process.destroyForcibly();
    }

    /// It stops where it is, and nobody says so.
    void freeze() {
        isLost = true;
        try {
            new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void resize(long bytes) {
        memoryBytes = bytes;
        report.accept(PodStatuses.running(address, memoryBytes));
    }

    synchronized String log() {
        return log.toString(UTF_8);
    }

    void attach(WebSocket socket) {
        attached.add(socket);
    }

    void detach(WebSocket socket) {
        attached.remove(socket);
    }

    void detachAll() {
        attached.forEach(each -> each.close(1000, "over"));
        attached.clear();
    }

    private void pump(int stream, InputStream in) {
        byte[] buffer = new byte[16 * 1024];
        try (in) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                byte[] message = new byte[count + 1];
                message[0] = (byte) stream;
                System.arraycopy(buffer, 0, message, 1, count);
                keep(buffer, count);
                attached.forEach(each -> each.send(message));
            }
        } catch (IOException e) {
            // it was ended
        }
    }

    private synchronized void keep(byte[] bytes, int length) {
        if (log.size() < MOST_LOG_BYTES) {
            log.write(bytes, 0, length);
        }
    }

    /// Looks at the process's memory as the kernel would, but now and then.
    private void keepMemory() {
        Path pages = Path.of("/proc", Long.toString(process.pid()), "statm");
        try {
            while (process.isAlive()) {
                if (Long.parseLong(Files.readString(pages).split(" ")[1]) * 4_096 > memoryBytes) {
                    ranOutOfMemory = true;
                    process.destroyForcibly();
                }
                LockSupport.parkNanos(MEMORY_LOOK_NANOS);
            }
        } catch (IOException e) {
            // it ended
        }
    }

    private void awaitEnd() {
        try {
            int exit = process.waitFor();
            for (Thread each : pumps) {
                each.join();
            }
            detachAll();
            if (!isLost) {
                report.accept(PodStatuses.ended(address, memoryBytes, exit, ranOutOfMemory));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String nextAddress() {
        int number = LAST_ADDRESS.incrementAndGet();
        long pid = ProcessHandle.current().pid();
        return "127.%d.%d.%d".formatted(64 + pid % 128, number / 250 % 250, 1 + number % 250);
    }
}
