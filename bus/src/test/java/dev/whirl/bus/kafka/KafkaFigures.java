package dev.whirl.bus.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whirl.bus.Deliveries;
import dev.whirl.bus.Samples;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.ActivationResult;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.SlotFree;
import dev.whirl.model.message.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.consumer.RecordingStream;

/// What the bus costs: run `main` by hand. The broker is a process of its own; controller and invoker are two buses
/// in this one.
final class KafkaFigures {
    private static final Topic.Work WORK = new Topic.Work(new InvokerId(0));
    private static final Topic.Completed COMPLETED = new Topic.Completed(new ControllerId(0));
    private static final PrintStream OUT = new PrintStream(System.out, true, UTF_8);

    private final KafkaBus controller;
    private final KafkaBus invoker;
    private final Deliveries deliveries;
    private final Process broker;
    private final Map<ActivationId, CompletableFuture<Long>> waiting = new ConcurrentHashMap<>();
    private final Map<ActivationId, CompletableFuture<Long>> startTimes = new ConcurrentHashMap<>();
    private final AtomicInteger pinned = new AtomicInteger();

    private KafkaFigures(KafkaBusConfig config, Process broker) {
        this.broker = broker;
        controller = new KafkaBus(config, new SimpleMeterRegistry());
        invoker = new KafkaBus(config, new SimpleMeterRegistry());
        deliveries = invoker.track(WORK, _ -> {});
        controller.subscribe(COMPLETED, this::completed);
        invoker.subscribe(WORK, this::run);
    }

    public static void main(String[] args) throws Exception {
        Process broker = broker();
        String servers = broker.inputReader(UTF_8).readLine();
        try (var recording = new RecordingStream()) {
            var figures = new KafkaFigures(KafkaBusConfig.of(servers).withPrefix("figures-"), broker);
            recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ofMillis(1));
            recording.onEvent("jdk.VirtualThreadPinned", _ -> figures.pinned.incrementAndGet());
            recording.startAsync();
            for (int round = 0; round < 2; round++) { // the first is warm-up
                figures.measure("publish (broker has it)", 1, 3_000, figures::publish);
                figures.measure("publish (broker has it)", 32, 20_000, figures::publish);
                figures.measure("call: work there, result back", 1, 3_000, figures::call);
                figures.measure("call: work there, result back", 32, 30_000, figures::call);
                figures.measure("accepted: publish, taken, started, settled", 1, 2_000, figures::accepted);
                figures.measure("accepted: publish, taken, started, settled", 32, 20_000, figures::accepted);
                figures.measure("started alone", 1, 2_000, figures::started);
                figures.measure("started alone", 32, 20_000, figures::started);
            }
            OUT.println("carriers held for more than 1 ms: " + figures.pinned.get());
            figures.idle();
            figures.controller.close();
            figures.invoker.close();
        } finally {
            broker.destroy();
        }
    }

    private static Process broker() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaBroker.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Does one thing and tells the nanoseconds of what is measured.
    private interface Step {
        long take() throws InterruptedException, ExecutionException;
    }

    private long publish() {
        long start = System.nanoTime();
        controller.publish(new Topic.Work(new InvokerId(1)), Samples.blocking());
        return System.nanoTime() - start;
    }

    private long call() throws InterruptedException, ExecutionException {
        return send(Samples.blocking());
    }

    private long accepted() throws InterruptedException, ExecutionException {
        return send(Samples.accepted());
    }

    private long send(Invocation invocation) throws InterruptedException, ExecutionException {
        var done = new CompletableFuture<Long>();
        waiting.put(invocation.id(), done);
        long start = System.nanoTime();
        controller.publish(WORK, invocation);
        done.get();
        return System.nanoTime() - start;
    }

    private long started() throws InterruptedException, ExecutionException {
        Invocation invocation = Samples.accepted();
        var taken = new CompletableFuture<Long>();
        startTimes.put(invocation.id(), taken);
        controller.publish(WORK, invocation);
        return taken.get();
    }

    private void run(Message message) {
        if (message instanceof Invocation invocation) {
            Thread.ofVirtual().start(() -> run(invocation));
        }
    }

    private void run(Invocation invocation) {
        CompletableFuture<Long> measured = startTimes.remove(invocation.id());
        if (invocation.isAccepted()) {
            long start = System.nanoTime();
            if (!deliveries.started(invocation.id())) {
                throw new IllegalStateException("refused");
            }
            if (measured != null) {
                measured.complete(System.nanoTime() - start);
            }
        }
        if (measured == null) {
            invoker.publish(COMPLETED, new ActivationResult(invocation.transaction(), record(invocation)));
            invoker.publish(COMPLETED, new SlotFree(invocation.id(), new InvokerId(0), false));
        }
        deliveries.settled(invocation.id());
    }

    private void completed(Message message) {
        if (message instanceof ActivationResult result) {
            CompletableFuture<Long> done = waiting.remove(result.activation().id());
            if (done != null) {
                done.complete(0L);
            }
        }
    }

    private static Activation record(Invocation invocation) {
        return new Activation(
                invocation.action().namespace(),
                invocation.action().name(),
                Version.FIRST,
                "guest",
                invocation.id(),
                Instant.EPOCH,
                Instant.EPOCH,
                Duration.ZERO,
                null,
                ActivationResponse.success(RawJson.EMPTY_OBJECT),
                List.of(),
                Annotations.NONE);
    }

    private void measure(String what, int callers, int count, Step step) throws InterruptedException {
        var left = new AtomicInteger(count);
        var times = new long[count];
        long ourCpu = cpu(ProcessHandle.current());
        long brokerCpu = cpu(broker.toHandle());
        long start = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                var _ = threads.submit(() -> {
                    for (int next = left.decrementAndGet(); next >= 0; next = left.decrementAndGet()) {
                        times[next] = step.take();
                    }
                    return null;
                });
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Arrays.sort(times);
        OUT.printf(
                Locale.ROOT,
                "%-45s %2d callers: p50 %.2f ms, p99 %.2f ms, %.0f/s, CPU for each: %.0f µs here, %.0f µs broker%n",
                what,
                callers,
                times[count / 2] / 1e6,
                times[count * 99 / 100] / 1e6,
                count / seconds,
                (cpu(ProcessHandle.current()) - ourCpu) / 1e3 / count,
                (cpu(broker.toHandle()) - brokerCpu) / 1e3 / count);
    }

    private void idle() throws InterruptedException {
        long ours = cpu(ProcessHandle.current());
        long brokers = cpu(broker.toHandle());
        new CompletableFuture<Void>()
                .completeOnTimeout(null, 10, java.util.concurrent.TimeUnit.SECONDS)
                .join();
        OUT.printf(
                Locale.ROOT,
                "idle for 10 s: CPU %.1f ms a second here, %.1f ms broker%n",
                (cpu(ProcessHandle.current()) - ours) / 1e7,
                (cpu(broker.toHandle()) - brokers) / 1e7);
    }

    private static long cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }
}
