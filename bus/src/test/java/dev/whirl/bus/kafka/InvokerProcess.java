package dev.whirl.bus.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whirl.bus.Deliveries;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An invoker's end of the bus in a process of its own, which can be killed and paused: it says what it gets and
/// does what it is told.
final class InvokerProcess implements AutoCloseable {
    private final Process process;
    private final PrintStream orders;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    private InvokerProcess(Process process) {
        this.process = process;
        this.orders = new PrintStream(process.getOutputStream(), true, UTF_8);
        Thread.ofVirtual().start(this::listen);
    }

    /// Returns when it has the lease.
    static InvokerProcess start(KafkaBusConfig config) {
        try {
            var process = new InvokerProcess(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx128m",
                            "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                            "-cp",
                            System.getProperty("java.class.path"),
                            InvokerProcess.class.getName(),
                            config.servers(),
                            config.topics().prefix(),
                            Long.toString(config.timeouts().session().toMillis()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
            process.expect("ready");
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void expectToGet(Invocation invocation) {
        expect("got " + invocation.id());
    }

    boolean started(Invocation invocation) {
        orders.println("start " + invocation.id());
        String answer = next();
        if (!answer.startsWith("started " + invocation.id())) {
            throw new AssertionError("expected an answer, it said: " + answer);
        }
        return answer.endsWith("true");
    }

    void settled(Invocation invocation) {
        orders.println("settle " + invocation.id());
        expect("settled " + invocation.id());
    }

    /// `STOP` or `CONT`.
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private void expect(String line) {
        String next = next();
        if (!next.equals(line)) {
            throw new AssertionError("expected '%s', it said: %s".formatted(line, next));
        }
    }

    private String next() {
        try {
            @Nullable String line = said.poll(30, TimeUnit.SECONDS);
            return line == null ? "nothing within 30 s" : line;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void listen() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            lines.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException _) {
            // it was killed
        }
    }

    /// `servers prefix sessionMillis`.
    public static void main(String[] args) throws IOException {
        KafkaBusConfig config = KafkaBusConfig.of(args[0])
                .withPrefix(args[1])
                .withTimeouts(
                        new KafkaBusConfig.Timeouts(Duration.ofSeconds(6), Duration.ofMillis(Long.parseLong(args[2]))));
        var out = new PrintStream(System.out, true, UTF_8);
        var work = new Topic.Work(new InvokerId(0));
        try (var bus = new KafkaBus(config, new SimpleMeterRegistry())) {
            Deliveries deliveries = bus.track(work, left -> out.println("left " + left.id()));
            bus.subscribe(work, message -> {
                if (message instanceof Invocation invocation) {
                    out.println("got " + invocation.id());
                }
            });
            out.println("ready");
            obey(new BufferedReader(new InputStreamReader(System.in, UTF_8)), deliveries, out);
        }
    }

    private static void obey(BufferedReader orders, Deliveries deliveries, PrintStream out) throws IOException {
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            String[] words = line.split(" ");
            var id = new ActivationId(words[1]);
            if (words[0].equals("start")) {
                out.println("started " + id + " " + deliveries.started(id));
            } else {
                deliveries.settled(id);
                out.println("settled " + id);
            }
        }
    }
}
