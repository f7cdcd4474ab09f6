package dev.whirl.server.cluster;

import dev.whirl.bus.Bus;
import dev.whirl.bus.Bus.Left;
import dev.whirl.bus.BusException;
import dev.whirl.bus.Deliveries;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import dev.whirl.store.Activations;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journal of a controller in a cluster. An invocation that goes to an invoker is kept by that invoker's topic as
/// soon as it is published, before its 202. Sequences and compositions, which the controller runs itself, and attempts
/// that wait for their time, are in a topic of its own: it reads there what it wrote, and goes on from what an earlier
/// life of it left.
public final class ControllerJournal implements InvocationJournal, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerJournal.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Bus bus;
    private final Topic.Composed topic;
    private final Activations activations;
    private final Deliveries deliveries;
    private final BiConsumer<Duration, Runnable> later;
    private final Duration patience;

    private final Map<ActivationId, Own> own = new ConcurrentHashMap<>();
    private volatile Consumer<Left> leftovers = _ -> {};
    private volatile boolean isClosed;

    private Bus.@Nullable Subscription subscription;

    /// @param activations where the records of triggers go
    public ControllerJournal(Bus bus, Topic.Composed topic, Activations activations) {
        this(
                bus,
                topic,
                activations,
                (pause, task) -> Thread.ofVirtual().name("leftover").start(() -> {
                    LockSupport.parkNanos(pause.toNanos());
                    task.run();
                }),
                PATIENCE);
    }

    /// @param later runs what takes its time, after a pause
    /// @param patience how long what was written here may take to come back over the topic
    ControllerJournal(
            Bus bus,
            Topic.Composed topic,
            Activations activations,
            BiConsumer<Duration, Runnable> later,
            Duration patience) {
        this.later = later;
        this.patience = patience;
        this.bus = bus;
        this.topic = topic;
        this.activations = activations;
        this.deliveries = bus.track(topic, invocation -> aside(new Left.MayHaveStarted(invocation)));
    }

    /// Begins to read.
    ///
    /// @param leftovers gets what an earlier life left, on threads of their own; again if it fails
    public void start(Consumer<Left> leftovers) {
        this.leftovers = leftovers;
        subscription = bus.subscribe(topic, this::arrived);
    }

    @Override
    public void accept(Invocation invocation) {
        if (isOwn(invocation)) { // the publication of any other one makes it durable
            keep(invocation);
        }
    }

    @Override
    public void acceptHere(Invocation invocation) {
        keep(invocation);
    }

    private void keep(Invocation invocation) {
        var fresh = new Own(invocation);
        for (Own known = own.putIfAbsent(invocation.id(), fresh);
                known != null;
                known = own.putIfAbsent(invocation.id(), fresh)) {
            if (!known.isBeingSent()) {
                return; // who has it goes on with it
            }
            awaitSent(known);
        }
        try {
            bus.publish(topic, invocation);
        } catch (BusException e) {
            own.remove(invocation.id());
            throw new StoreException.Unavailable("it could not be accepted: " + e.getMessage(), e);
        }
    }

    /// What is to be kept anew while it is being sent was sent, and comes from an invoker that is gone: this process
    /// only
    /// does not know yet that it was. Otherwise it would count as started here, and nobody would send it once more.
    private void awaitSent(Own known) {
        try {
            if (!known.awaitEnd(patience)) { // the bus could not tell whether it took it: now we know
                settle(known.invocation.id());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable("interrupted while it was being accepted", e);
        }
    }

    private static boolean isOwn(Invocation invocation) {
        return invocation.isComposed()
                || (invocation.attempt() != null && invocation.attempt().previous() != null);
    }

    /// The record first: none of the invocations is sent before this returns, and without it the trigger has not fired.
    @Override
    public void acceptAll(List<Invocation> invocations, @Nullable Activation record) {
        if (record != null) {
            activations.record(record);
            activations.flush();
        }
        try {
            invocations.forEach(this::accept);
        } catch (StoreException.Unavailable e) {
            invocations.forEach(each -> discard(each.id()));
            throw e;
        }
    }

    /// What was not accepted counts as started, should this process end.
    @Override
    public void acceptRunning(Invocation invocation) {
        if (isOwn(invocation)) {
            keep(invocation.underWay());
        }
    }

    /// What may not start is forgotten: the bus hands it over again, to whoever may.
    @Override
    public boolean started(ActivationId id) {
        Own known = own.get(id);
        if (known == null) {
            return true; // what is not in the topic nobody else can have
        }
        boolean isOurs = false;
        try {
            isOurs = known.awaitReturn(patience) && deliveries.started(id);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (!isOurs) {
            own.remove(id, known);
            known.end();
        }
        return isOurs;
    }

    @Override
    public boolean sending(ActivationId id) {
        Own known = own.get(id);
        if (known != null) {
            known.beSent();
        }
        return started(id);
    }

    @Override
    public void sent(ActivationId id) {
        discard(id);
    }

    @Override
    public void discard(ActivationId id) {
        Own known = own.get(id);
        if (known == null || known.end()) {
            settle(id);
        }
    }

    private void arrived(Message message) {
        if (message instanceof Invocation invocation) {
            ActivationId id = invocation.id();
            var fresh = new Own(invocation);
            Own known = own.putIfAbsent(id, fresh);
            if (known == null) {
                fresh.comeBack();
                aside(new Left.NotStarted(invocation));
            } else if (known.comeBack()) {
                settle(id);
            }
        }
    }

    private void settle(ActivationId id) {
        Own known = own.remove(id);
        if (known != null) {
            known.end();
        }
        deliveries.settled(id);
    }

    private void aside(Left left) {
        aside(left, Duration.ZERO);
    }

    private void aside(Left left, Duration pause) {
        later.accept(pause, () -> {
            if (!isClosed && !isTaken(left)) {
                aside(left, PAUSE);
            }
        });
    }

    private boolean isTaken(Left left) {
        try {
            leftovers.accept(left);
            return true;
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("activation", left.invocation().id())
                    .setCause(e)
                    .log("What was left can't be ended now; it is tried again");
            return false;
        }
    }

    @Override
    public List<Entry> unfinished(@Nullable Entry after, int limit) {
        return List.of();
    }

    @Override
    public Optional<Entry> find(ActivationId id) {
        return Optional.ofNullable(own.get(id)).map(known -> new Entry(known.invocation, false));
    }

    @Override
    public void close() {
        isClosed = true;
        if (subscription != null) {
            subscription.close();
        }
    }

    /// One that was published here and is not over. Its message comes back over the topic: only from then on can the
    /// bus be told of it.
    private static final class Own {
        private final Invocation invocation;
        private final CountDownLatch back = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile boolean isBeingSent;

        Own(Invocation invocation) {
            this.invocation = invocation;
        }

        boolean awaitReturn(Duration patience) throws InterruptedException {
            return back.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        /// From now on an invoker may have it.
        void beSent() {
            isBeingSent = true;
        }

        boolean isBeingSent() {
            return isBeingSent;
        }

        boolean awaitEnd(Duration patience) throws InterruptedException {
            return over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        /// @return whether it was over before
        synchronized boolean comeBack() {
            back.countDown();
            return over.getCount() == 0;
        }

        /// @return whether it has come back
        synchronized boolean end() {
            over.countDown();
            return back.getCount() == 0;
        }
    }
}
