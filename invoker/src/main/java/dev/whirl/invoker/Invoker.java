package dev.whirl.invoker;

import dev.whirl.bus.Bus;
import dev.whirl.bus.Bus.Subscription;
import dev.whirl.common.units.ByteSize;
import dev.whirl.invoker.pool.Pool;
import dev.whirl.invoker.pool.StemCell;
import dev.whirl.invoker.run.ActionRunner;
import dev.whirl.invoker.run.CodeTexts;
import dev.whirl.invoker.run.RuntimeChooser;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.message.EntityChanged;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import dev.whirl.model.runtime.RuntimesManifest;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.Sandboxes;
import dev.whirl.store.Stores;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes invocations from the bus and runs each on a virtual thread of its own.
///
/// | state    | event | next                                                            |
/// |----------|-------|-----------------------------------------------------------------|
/// | new      | start | running: takes work, keeps stem cells, tells how it stands       |
/// | running  | stop  | draining: takes no work, waits for what runs, up to the timeout  |
/// | draining | –     | ended: what still runs is ended, every sandbox is closed         |
public final class Invoker {
    private static final Logger LOG = LoggerFactory.getLogger(Invoker.class);
    private static final ByteSize CODE_CACHE = ByteSize.mebibytes(64);
    private static final int JOBS_PER_PLACE_IN_QUEUE = 2;
    private static final long AFTER_CLOSING = Duration.ofSeconds(2).toNanos();

    private final InvokerConfig config;
    private final Bus bus;
    private final Pool pool;
    private final Executables executables;
    private final InvocationTask task;
    private final Reporter reporter;
    private final Heartbeats heartbeats;
    private final List<Subscription> subscriptions = new ArrayList<>();

    /// Jobs taken and not finished. Those that wait are bounded by the pool; this bounds them together with those that
    /// run, so that threads are bounded too.
    private final AtomicInteger jobs = new AtomicInteger();

    private volatile boolean isDraining;

    /// @param sandboxes where to run; closed by the caller, after [#stop]
    public Invoker(
            InvokerConfig config,
            SystemLimits limits,
            Stores stores,
            Bus bus,
            Sandboxes sandboxes,
            RuntimesManifest runtimes,
            MeterRegistry meters) {
        this.config = config;
        this.bus = bus;
        var clock = InstantSource.system();
        var chooser = new RuntimeChooser(runtimes, sandboxes.readiness());
        pool = new Pool(config.pool(), stemCells(config, runtimes, chooser), sandboxes, System::nanoTime);
        executables = new Executables(stores.entities(), chooser);
        reporter = new Reporter(config, stores, bus);
        var runner = new ActionRunner(new CodeTexts(stores.code(), CODE_CACHE), limits, clock);
        var metrics = new InvokerMetrics(meters, pool);
        task = new InvocationTask(executables, pool, runner, stores.journal(), reporter, metrics, clock);
        heartbeats = new Heartbeats(config.id(), pool, bus);
    }

    /// Begins to take work.
    public void start() {
        pool.start();
        subscriptions.add(bus.subscribe(new Topic.CacheInvalidation(), this::changed));
        subscriptions.add(bus.subscribe(new Topic.Work(config.id()), this::take));
        heartbeats.start();
    }

    /// Takes no more work, waits for what runs, up to the drain timeout, then ends what is left and closes every
    /// sandbox. Accepted invocations that had not started stay in the journal.
    public void stop() throws InterruptedException {
        isDraining = true;
        heartbeats.draining();
        awaitJobs(config.drainTimeout().toNanos());
        task.ending();
        pool.close();
        awaitJobs(AFTER_CLOSING);
        subscriptions.forEach(Subscription::close);
        heartbeats.stop();
    }

    /// Returns at once, as the bus demands.
    private void take(Message message) {
        if (!(message instanceof Invocation invocation)) {
            return;
        }
        if (isDraining) {
            turnAway(invocation);
        } else if (jobs.incrementAndGet() > mostJobs()) {
            jobs.decrementAndGet();
            task.reject(invocation);
        } else {
            Thread.ofVirtual().name(invocation.id().value()).start(() -> run(invocation));
        }
    }

    private int mostJobs() {
        return JOBS_PER_PLACE_IN_QUEUE * config.pool().queueLimit();
    }

    private void turnAway(Invocation invocation) {
        if (invocation.isAccepted()) {
            reporter.leftToJournal(invocation);
        } else {
            task.reject(invocation);
        }
    }

    private void run(Invocation invocation) {
        try {
            task.run(invocation);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("transaction", invocation.transaction())
                    .addKeyValue("activation", invocation.id())
                    .setCause(e)
                    .log("An invocation failed in the invoker");
            task.reject(invocation);
        } finally {
            if (jobs.decrementAndGet() == 0) {
                synchronized (jobs) {
                    jobs.notifyAll();
                }
            }
        }
    }

    private void changed(Message message) {
        if (message instanceof EntityChanged(var id)) {
            executables.forget(id);
            pool.retire(key -> key.action().equals(id));
        }
    }

    private void awaitJobs(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        synchronized (jobs) {
            while (jobs.get() > 0 && System.nanoTime() < deadline) {
                jobs.wait(100);
            }
        }
    }

    private static List<StemCell> stemCells(InvokerConfig config, RuntimesManifest runtimes, RuntimeChooser chooser) {
        if (!config.keepsStemCells()) {
            return List.of();
        }
        return runtimes.kinds().stream()
                .filter(kind -> chooser.isReady(kind.kind()))
                .flatMap(kind -> kind.stemCells().stream()
                        .map(cell -> new StemCell(
                                new SandboxSpec(kind.kind(), kind.image(), cell.memory(), label(kind.kind())),
                                cell.count())))
                .toList();
    }

    private static String label(String kind) {
        return "stem-" + kind.replaceAll("[^A-Za-z0-9]+", "-");
    }
}
