package dev.whirl.server.simulation;

import dev.whirl.bus.Bus;
import dev.whirl.bus.BusException;
import dev.whirl.bus.kafka.KafkaBusConfig;
import dev.whirl.bus.kafka.SimulatedBroker;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.controller.invoke.SimulatedController;
import dev.whirl.controller.place.PlacementConfig;
import dev.whirl.controller.place.Pools;
import dev.whirl.model.ApiException;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Topic;
import dev.whirl.server.cluster.ControllerJournal;
import dev.whirl.server.cluster.SimulatedJournals;
import dev.whirl.store.memory.MemoryStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// Controllers and invokers that end, stand still and come back, and callers who remember what they were told.
final class SimulatedCluster {
    static final long SECOND = 1_000_000_000;
    private static final long TICK = SECOND / 10;
    private static final Duration SILENCE = Duration.ofSeconds(4);
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final int PLACES = 4;

    private final World world;
    private final SimulatedBroker broker;
    private final MemoryStores entities = new MemoryStores();
    private final SharedRecords records = new SharedRecords();
    private final List<CallableAction> actions;
    private final List<Node> nodes = new ArrayList<>();
    private final int controllers;
    private final Map<ActivationId, World.Life> waiting = new LinkedHashMap<>();
    private final Set<ActivationId> promised = new HashSet<>();
    private int answered;
    private int lost;
    private int refused;

    /// One machine; its process is started again after it has ended.
    private abstract static class Node {
        World.Life life;

        Node(World.Life life) {
            this.life = life;
        }

        abstract void start();
    }

    private final class ControllerNode extends Node {
        private final ControllerId id;
        SimulatedController controller;

        ControllerNode(int number) {
            super(world.begin("controller" + number));
            id = new ControllerId(number);
            controller = begin();
        }

        @Override
        void start() {
            life = world.begin(life.name());
            controller = begin();
        }

        private SimulatedController begin() {
            Bus bus = broker.connect(life);
            var later = new AtomicReference<ControllerJournal>();
            var activations = records.of(life, later::get);
            ControllerJournal journal = SimulatedJournals.of(bus, new Topic.Composed(id), activations, life);
            later.set(journal);
            var placement = new PlacementConfig(Duration.ZERO, 0, 64, SILENCE, Pools.UNDIVIDED, Duration.ofHours(1));
            var stores = new SimulatedStores(entities, activations, journal);
            var begun = new SimulatedController(id, life, bus, stores, placement, world.clock());
            journal.start(begun::takeOver);
            return begun;
        }
    }

    private final class InvokerNode extends Node {
        private final InvokerId id;
        SimulatedInvoker invoker;

        InvokerNode(int number) {
            super(world.begin("invoker" + number));
            id = new InvokerId(number);
            invoker = begin();
        }

        @Override
        void start() {
            life = world.begin(life.name());
            invoker = begin();
        }

        private SimulatedInvoker begin() {
            return new SimulatedInvoker(id, life, broker.connect(life), records, world, PLACES);
        }
    }

    SimulatedCluster(World world, int controllers, int invokers) {
        this.world = world;
        this.controllers = controllers;
        var timeouts = new KafkaBusConfig.Timeouts(Duration.ofSeconds(6), SILENCE);
        this.broker = new SimulatedBroker(
                world::now, world.random(), KafkaBusConfig.of("localhost:9").withTimeouts(timeouts));
        this.actions = SimulatedCalls.actions(entities.entities());
        for (int i = 0; i < controllers; i++) {
            nodes.add(new ControllerNode(i));
        }
        for (int i = 0; i < invokers; i++) {
            nodes.add(new InvokerNode(i));
        }
        tick();
        world.afterEach(this::checkNow);
    }

    /// What holds at any moment.
    void checkNow() {
        for (Node each : nodes) {
            if (each instanceof ControllerNode node) {
                node.controller.requireExactCounts(SimulatedCalls.NAMESPACE_UUID);
            }
        }
    }

    private void tick() {
        broker.tick();
        world.later(TICK, this::tick);
    }

    /// One call by somebody, of some action, of some controller that answers.
    void call() {
        var node = (ControllerNode) nodes.get(world.random().nextInt(controllers));
        if (!node.life.isRunning()) {
            return;
        }
        boolean isBlocking = world.random().nextBoolean();
        CallableAction action = actions.get(world.random().nextInt(actions.size()));
        Invocation invocation = SimulatedCalls.invocation(world, action, node.id, isBlocking);
        try {
            if (isBlocking) {
                waiting.put(invocation.id(), node.life);
                node.controller.callAndWait(invocation, action, WAIT, new Waiter(invocation.id()));
            } else {
                node.controller.accept(invocation, action);
                promised.add(invocation.id());
            }
        } catch (ApiException | BusException e) {
            waiting.remove(invocation.id());
            refused++;
        }
    }

    private final class Waiter implements SimulatedController.Caller {
        private final ActivationId id;

        Waiter(ActivationId id) {
            this.id = id;
        }

        @Override
        public void answered(Activation activation) {
            over();
            answered++;
            lost += activation.response().isLost() ? 1 : 0;
        }

        @Override
        public void promised() {
            over();
            promised.add(id);
        }

        private void over() {
            if (waiting.remove(id) == null) {
                throw new AssertionError(id + " is answered twice");
            }
        }
    }

    /// Something breaks, and is as before some time later.
    void fault() {
        Node node = nodes.get(world.random().nextInt(nodes.size()));
        long time = world.random().nextLong(12 * SECOND);
        switch (world.random().nextInt(7)) {
            case 0, 1 -> crash(node, time);
            case 2, 3 -> pause(node, time);
            case 4, 5 -> cutOff(node, time);
            default -> {
                if (world.random().nextBoolean() && node instanceof InvokerNode each && node.life.isRunning()) {
                    each.invoker.drain(time);
                } else {
                    broker.away(true);
                    world.later(time / 4, () -> broker.away(false));
                }
            }
        }
    }

    private void crash(Node node, long time) {
        if (!node.life.hasEnded()) {
            World.Life life = node.life;
            life.crash();
            waiting.values().removeIf(life::equals);
            world.later(time, () -> {
                if (node.life == life) {
                    node.start();
                }
            });
        }
    }

    private void cutOff(Node node, long time) {
        World.Life life = node.life;
        life.cutOff(true);
        world.later(time, () -> life.cutOff(false));
    }

    private void pause(Node node, long time) {
        if (node.life.isRunning()) {
            World.Life life = node.life;
            life.pause();
            world.later(time, life::goOn);
        }
    }

    void losing(double share) {
        broker.losing(share);
    }

    /// Whether everything that was promised is kept and nothing is left in use.
    void checkEnd() {
        for (ActivationId each : promised) {
            if (!records.written().containsKey(each)) {
                throw new AssertionError("%s was promised and has no record; it ran %d times"
                        .formatted(each, world.runs().getOrDefault(each, 0)));
            }
        }
        if (!waiting.isEmpty()) {
            throw new AssertionError("callers have no answer: " + waiting.keySet());
        }
        for (Node each : nodes) {
            if (each instanceof ControllerNode node) {
                List<String> leaks = node.controller.leaks(List.of(SimulatedCalls.NAMESPACE_UUID));
                if (!leaks.isEmpty() || !node.controller.hasInvokers()) {
                    throw new AssertionError("%s: %s".formatted(node.id, leaks));
                }
            }
        }
    }

    /// How many places the controllers gave back only because nothing was heard of them.
    int forced() {
        return nodes.stream()
                .mapToInt(each -> each instanceof ControllerNode node ? node.controller.forced() : 0)
                .sum();
    }

    @Override
    public String toString() {
        return "%d promised, %d answered (%d lost), %d refused".formatted(promised.size(), answered, lost, refused);
    }

    int promisedCalls() {
        return promised.size();
    }

    int answeredCalls() {
        return answered;
    }
}
