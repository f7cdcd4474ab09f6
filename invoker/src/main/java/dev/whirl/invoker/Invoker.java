package dev.whirl.invoker;

import dev.whirl.bus.Bus;
import dev.whirl.bus.Bus.Subscription;
import dev.whirl.common.units.ByteSize;
import dev.whirl.invoker.logs.LogShipper;
import dev.whirl.invoker.pool.Pool;
import dev.whirl.invoker.pool.PoolSnapshot;
import dev.whirl.invoker.pool.StemCell;
import dev.whirl.invoker.run.ActionRunner;
import dev.whirl.invoker.run.CodeTexts;
import dev.whirl.invoker.run.RuntimeChooser;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.message.EntityChanged;
import dev.whirl.model.message.Heartbeat;
import dev.whirl.model.message.IdentitiesChanged;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Prepare;
import dev.whirl.model.message.Topic;
import dev.whirl.model.runtime.RuntimesManifest;
import dev.whirl.sandbox.RuntimeReadiness;
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
/// | running  | drain | drained: finishes what it has and refuses calls, but for accepted ones on their way |
/// | drained  | resume | running                                                         |
/// | running, drained | stop | stopping: takes no work, waits for what runs, up to the timeout |
/// | stopping | –     | ended: what still runs is ended, every sandbox is closed         |
public final class Invoker {
    private static final Logger LOG = LoggerFactory.getLogger(Invoker.class);
    private static final ByteSize CODE_CACHE = ByteSize.mebibytes(64);
    private static final int SHARE_OF_HEAP_FOR_CODE = 4;
    private static final int JOBS_PER_PLACE_IN_QUEUE = 2;
    private static final long AFTER_CLOSING = Duration.ofSeconds(2).toNanos();

    private final InvokerConfig config;
    private final Bus bus;
    private final Pool pool;
    private final Executables executables;
    private final BlockedCallers blocked;
    private final InvocationTask task;
    private final Reporter reporter;
    private final LogShipper logShipper;
    private final Heartbeats heartbeats;
    private final List<Subscription> subscriptions = new ArrayList<>();

    /// Jobs taken and not finished. Those that wait are bounded by the pool; this bounds them together with those that
    /// run, so that threads are bounded too.
    private final AtomicInteger jobs = new AtomicInteger();

    private volatile boolean isDrained;
    private volatile boolean isStopping;

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
        List<StemCell> stemCells = stemCells(config, runtimes, chooser);
        pool = new Pool(config.pool(), stemCells, sandboxes, System::nanoTime);
        executables = new Executables(stores.entities(), chooser, limits, config.reuse());
        reporter = new Reporter(config, stores, bus);
        logShipper = new LogShipper(config.logs(), meters);
        var codeUnderWay = ByteSize.bytes(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP_FOR_CODE);
        var codes = new CodeTexts(stores.code(), CODE_CACHE, codeUnderWay);
        var runner = new ActionRunner(codes, config.encryption(), limits, clock);
        var conclusion =
                new Conclusion(reporter, logShipper, new InvokerMetrics(meters, pool, runtimes(stemCells)), clock);
        blocked = new BlockedCallers(stores.subjects());
        task = new InvocationTask(blocked, executables, pool, runner, stores.journal(), conclusion, clock);
        heartbeats = new Heartbeats(config.id(), traits(config, sandboxes), pool, bus);
    }

    /// Begins to take work.
    public void start() {
        pool.start();
        subscriptions.add(bus.subscribe(new Topic.CacheInvalidation(), this::changed));
        subscriptions.add(bus.subscribe(new Topic.Work(config.id()), this::take));
        heartbeats.start();
    }

    /// Ends what an earlier process of this invoker may have run: at most once, so it is not run again. Returns at
    /// once.
    public void takeLeft(Invocation invocation) {
        aside(() -> task.lost(invocation));
    }

    /// Finishes what it has and gives new calls back until [#resume]; the controllers are told at once. An accepted
    /// call
    /// that was on its way still runs: it was promised.
    public void drain() {
        isDrained = true;
        heartbeats.draining(true);
    }

    /// Takes work again after [#drain].
    public void resume() {
        isDrained = false;
        heartbeats.draining(isStopping);
    }

    /// Whether new calls are taken.
    public boolean isTakingWork() {
        return !isDrained && !isStopping;
    }

    /// How its sandboxes stand.
    public PoolSnapshot pool() {
        return pool.snapshot();
    }

    /// How many invocations it has taken and not finished.
    public int unfinished() {
        return jobs.get();
    }

    /// Takes no more work and gives back what still comes, waits for what runs, up to the drain timeout, then ends what
    /// is left and closes every sandbox. Accepted invocations that had not started stay in the journal.
    public void stop() throws InterruptedException {
        isStopping = true;
        heartbeats.draining(true);
        awaitJobs(config.drainTimeout().toNanos());
        task.ending();
        reporter.ending(); // first: who waits for the store holds a sandbox
        pool.close();
        awaitJobs(AFTER_CLOSING);
        reporter.close();
        logShipper.close();
        subscriptions.forEach(Subscription::close);
        heartbeats.stop();
    }

    /// Returns at once, as the bus demands.
    private void take(Message message) {
        if (message instanceof Invocation invocation) {
            begin(invocation);
        } else if (message instanceof Prepare prepare && !isStopping && !isDrained) {
            prepare(prepare);
        }
    }

    private void begin(Invocation invocation) {
        if (isStopping || (isDrained && !invocation.isAccepted())) {
            turnAway(invocation);
        } else if (jobs.incrementAndGet() > mostJobs()) {
            jobs.decrementAndGet();
            aside(() -> task.reject(invocation));
        } else {
            Thread.ofVirtual().name(invocation.id().value()).start(() -> run(invocation));
        }
    }

    /// A hint: nothing depends on it, so whatever goes wrong with it is not worth more than a line.
    private void prepare(Prepare prepare) {
        Thread.ofVirtual().name("prepare").start(() -> {
            try {
                if (executables.find(prepare.action(), prepare.revision()) instanceof Lookup.Found(var executable)) {
                    pool.prepare(InvocationTask.demand(prepare.caller(), executable));
                }
            } catch (RuntimeException e) {
                LOG.atWarn()
                        .addKeyValue("transaction", prepare.transaction())
                        .addKeyValue("action", prepare.action())
                        .setCause(e)
                        .log("A sandbox could not be prepared");
            }
        });
    }

    private int mostJobs() {
        return JOBS_PER_PLACE_IN_QUEUE * config.pool().queueLimit();
    }

    private void turnAway(Invocation invocation) {
        aside(() -> {
            if (invocation.isAccepted()) {
                reporter.leftToJournal(invocation);
            } else {
                reporter.returned(invocation);
            }
        });
    }

    /// What writes or reports must not hold up whoever publishes.
    private static void aside(Runnable work) {
        Thread.ofVirtual().name("turn-away").start(work);
    }

    private void run(Invocation invocation) {
        try {
            task.run(invocation);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.atError()
                    .addKeyValue("transaction", invocation.transaction())
                    .addKeyValue("activation", invocation.id())
                    .setCause(e)
                    .log("An invocation failed in the invoker before it had a result");
            task.fail(invocation);
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
            Thread.ofVirtual().name("changed").start(() -> retireOld(id));
        } else if (message instanceof IdentitiesChanged) {
            blocked.forget();
        }
    }

    /// Word of a change can come late: sandboxes that have the new revision already are kept.
    private void retireOld(EntityId id) {
        String current = executables.currentRevision(id);
        pool.retire(key -> key.action().equals(id) && !key.revision().equals(current));
    }

    private void awaitJobs(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        synchronized (jobs) {
            while (jobs.get() > 0 && System.nanoTime() < deadline) {
                jobs.wait(100);
            }
        }
    }

    /// Where nothing that is installed can run it has not found out that it works.
    private static Heartbeat.Traits traits(InvokerConfig config, Sandboxes sandboxes) {
        List<RuntimeReadiness> known = sandboxes.readiness();
        boolean isProven = known.isEmpty() || known.stream().anyMatch(RuntimeReadiness::isReady);
        return new Heartbeat.Traits(isProven, config.tags(), config.dedicatedNamespaces());
    }

    private static List<String> runtimes(List<StemCell> cells) {
        return cells.stream().map(each -> each.spec().runtime()).distinct().toList();
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
