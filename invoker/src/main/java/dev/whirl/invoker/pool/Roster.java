package dev.whirl.invoker.pool;

import dev.whirl.invoker.pool.SandboxState.Idle;
import dev.whirl.invoker.pool.SandboxState.Paused;
import dev.whirl.invoker.pool.SandboxState.Pausing;
import dev.whirl.invoker.pool.SandboxState.Preparing;
import dev.whirl.invoker.pool.SandboxState.Prewarmed;
import dev.whirl.invoker.pool.SandboxState.Starting;
import dev.whirl.invoker.pool.StemCell.Species;
import dev.whirl.model.identity.Namespace;
import dev.whirl.sandbox.SandboxSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The books: every sandbox and every action. A sandbox changes by [#move] and the few methods beside it only, which
/// keep all sums right. Guarded by the pool's lock.
final class Roster implements PoolView {
    final StartCosts costs = new StartCosts();
    final Tally tally = new Tally();
    final Queues queues = new Queues();
    final StemCells stems;
    final Profiles profiles;

    private static final int MOST_COMPARED = 64;

    /// A start or an init that takes longer is not kept from its end by others of its kind, and keeps back none.
    private static final long LONG_NANOS = Duration.ofSeconds(5).toNanos();

    private final PoolConfig config;
    private final Map<ActionKey, ActionGroup> groups = new HashMap<>();
    private final LinkedHashSet<Slot> all = new LinkedHashSet<>();

    /// Being started, thawed or given their code.
    private final LinkedHashSet<Slot> coming = new LinkedHashSet<>();

    /// Idle and frozen, the longest idle first.
    private final LinkedHashSet<Slot> resting = new LinkedHashSet<>();

    /// Idle ones that can be frozen, the longest idle first.
    private final LinkedHashSet<Slot> pausable = new LinkedHashSet<>();

    private long lastSlot;
    private boolean areProcessorsBusy;

    Roster(PoolConfig config, List<StemCell> wanted) {
        this.config = config;
        stems = new StemCells(config, wanted);
        profiles = new Profiles(config);
    }

    ActionGroup group(ActionKey key) {
        ActionGroup known = groups.get(key);
        if (known == null) {
            known = new ActionGroup(key, profiles.of(key));
            groups.put(key, known);
        }
        return known;
    }

    Collection<ActionGroup> groups() {
        return groups.values();
    }

    Collection<Slot> all() {
        return all;
    }

    /// Enters a sandbox that is going to be started, for an action or as a stem cell.
    Slot open(SandboxSpec spec, @Nullable ActionGroup group, long nowNanos) {
        var slot = new Slot(++lastSlot, spec, nowNanos);
        slot.group = group;
        all.add(slot);
        enter(slot);
        return slot;
    }

    void move(Slot slot, SandboxEvent event) {
        SandboxState next = SandboxState.next(slot.state, event);
        boolean wasResting = isResting(slot.state);
        boolean rests = isResting(next);
        leave(slot);
        slot.state = next;
        enter(slot);
        if (wasResting && !rests) {
            resting.remove(slot);
        } else if (rests && !wasResting) {
            resting.add(slot);
        }
    }

    /// Gives a sandbox without code to an action, with that action's memory.
    void adopt(Slot slot, ActionGroup group, Demand demand) {
        boolean isConcurrent = slot.sandbox != null && slot.sandbox.runsConcurrently();
        bind(slot, group, demand.memoryBytes(), isConcurrent ? demand.concurrency() : 1);
        group.placesKnown = slot.places;
    }

    /// A sandbox that was started for an action is there: whoever needs it most may have it.
    void release(Slot slot) {
        ActionGroup group = slot.group;
        bind(slot, null, slot.memoryBytes, 1);
        forgetIfEmpty(group);
    }

    /// Takes memory from a sandbox that is being removed, for one that is going to be used when it is gone.
    ///
    /// @return how much was taken
    long handOver(Slot from, long mostBytes) {
        long taken = Math.clamp(mostBytes, 0, from.memoryBytes);
        bind(from, from.group, from.memoryBytes - taken, from.places);
        return taken;
    }

    /// Strikes out a sandbox that is gone.
    ///
    /// @return false if it was not in the books any more
    boolean remove(Slot slot) {
        if (!all.remove(slot)) {
            return false;
        }
        leave(slot);
        forgetIfEmpty(slot.group);
        return true;
    }

    void forgetIfEmpty(@Nullable ActionGroup group) {
        if (group != null && group.isEmpty()) {
            groups.remove(group.key, group);
        }
    }

    /// The sandbox that has been idle longest; null if none is.
    @Nullable
    Slot longestResting() {
        return resting.isEmpty() ? null : resting.getFirst();
    }

    /// The sandbox that can be frozen and has been idle longest; null if there is none.
    @Nullable
    Slot longestPausable() {
        return pausable.isEmpty() ? null : pausable.getFirst();
    }

    @Override
    public @Nullable Slot warmPlace(ActionKey key) {
        ActionGroup group = groups.get(key);
        return group == null ? null : group.warmPlace();
    }

    @Override
    public @Nullable Slot stemCell(Demand demand) {
        return stems.pick(demand);
    }

    @Override
    public ActionLoad load(ActionKey key) {
        ActionGroup group = groups.get(key);
        return group == null ? new ActionGroup(key, new Profile()).load() : group.load();
    }

    @Override
    public StartCost startCost(Demand demand) {
        return costs.of(Species.of(demand.spec()));
    }

    @Override
    public int starting(long nowNanos) {
        return (int) coming.stream()
                .filter(each -> each.state instanceof Starting && isComingSoon(each, nowNanos))
                .count();
    }

    @Override
    public int startingFor(Namespace caller) {
        return (int) coming.stream()
                .filter(each -> each.state instanceof Starting
                        && each.group != null
                        && each.group.key.caller().equals(caller))
                .count();
    }

    /// Whether sandboxes are being started or given their code, and have not taken long.
    boolean isMakingReady(long nowNanos) {
        return coming.stream().anyMatch(each -> isComingSoon(each, nowNanos));
    }

    /// Whether a stem cell of a sort is being started, however long that takes.
    boolean isStartingStem(Species species) {
        return coming.stream()
                .anyMatch(each -> each.state instanceof Starting
                        && each.group == null
                        && Species.of(each.spec).equals(species));
    }

    private static boolean isComingSoon(Slot slot, long nowNanos) {
        return nowNanos - slot.comingSinceNanos < LONG_NANOS;
    }

    @Override
    public int waiting() {
        return queues.size();
    }

    @Override
    public int parallelStarts() {
        return config.parallelStarts();
    }

    @Override
    public int steadySandboxes() {
        return config.steadySandboxes();
    }

    @Override
    public boolean areProcessorsBusy() {
        return areProcessorsBusy;
    }

    /// What was measured.
    void noteProcessors(boolean areBusy) {
        areProcessorsBusy = areBusy;
    }

    @Override
    public long freeBytes() {
        return config.memory().bytes() - tally.usedBytes;
    }

    @Override
    public long idleBytes() {
        return tally.idleBytes;
    }

    @Override
    public long stemBytes() {
        return tally.stemBytes;
    }

    @Override
    public long reservedBytes(Job job, long nowNanos) {
        Job oldest = queues.oldestWithoutMemory();
        if (oldest == null || (isOfSameCaller(oldest, job) && oldest.sequence() >= job.sequence())) {
            return 0;
        }
        boolean isPatient =
                nowNanos - oldest.sinceNanos() <= config.fairnessWindow().toNanos();
        return isPatient ? 0 : oldest.demand().memoryBytes();
    }

    private static boolean isOfSameCaller(Job one, Job other) {
        return one.key().caller().equals(other.key().caller());
    }

    /// The memory of all sandboxes that serve a caller or will.
    long bytesOf(Namespace caller) {
        long bytes = 0;
        for (Slot each : all()) {
            ActionGroup group = each.group;
            if (group != null && group.key.caller().equals(caller)) {
                bytes += each.memoryBytes;
            }
        }
        return bytes;
    }

    @Override
    public Iterable<Slot> leastMissedFirst(long nowNanos) {
        return () -> {
            Stream<Slot> longestIdle = resting.stream().filter(each -> !(each.state instanceof Pausing));
            return config.demand().learns() ? byWorth(longestIdle.toList(), nowNanos) : longestIdle.iterator();
        };
    }

    /// Those idle longest are compared; the order of many more would cost more than it brings.
    private Iterator<Slot> byWorth(List<Slot> longestIdleFirst, long nowNanos) {
        List<Slot> compared = longestIdleFirst.subList(0, Math.min(MOST_COMPARED, longestIdleFirst.size()));
        var worths = new HashMap<Slot, Double>();
        for (Slot each : compared) {
            long start = costs.of(Species.of(each.spec)).coldNanos();
            worths.put(each, profiles.worth(each, start, nowNanos));
        }
        Stream<Slot> ordered =
                compared.stream().sorted(Comparator.comparingDouble(each -> worths.getOrDefault(each, 0.0)));
        return Stream.concat(ordered, longestIdleFirst.stream().skip(compared.size()))
                .iterator();
    }

    /// Sandboxes without work whose time is over.
    List<Slot> unused(long nowNanos) {
        var unused = new ArrayList<Slot>();
        var leaving = new HashMap<ActionGroup, Integer>();
        for (Slot each : resting) {
            long keepNanos = keepNanos(each);
            ActionGroup group = each.group;
            if (!each.isIdleSince(nowNanos - keepNanos)) {
                continue;
            }
            if (group == null) {
                unused.add(each);
                continue;
            }
            int left = group.sandboxes() - leaving.getOrDefault(group, 0);
            if (group.keptWarm().isOver(nowNanos - each.idleSinceNanos(), keepNanos, left)) {
                unused.add(each);
                leaving.merge(group, 1, Integer::sum);
            }
        }
        return unused;
    }

    /// What is learned of an action is about its first sandbox: the others are for calls that overlap.
    private long keepNanos(Slot slot) {
        ActionGroup group = slot.group;
        return group == null || group.isSpare(slot)
                ? config.idleTimeout().toNanos()
                : profiles.keepAlive(group.profile).keepNanos();
    }

    @Override
    public Iterable<Slot> stemCells() {
        return stems.all();
    }

    private void bind(Slot slot, @Nullable ActionGroup group, long memoryBytes, int places) {
        leave(slot);
        slot.group = group;
        slot.memoryBytes = memoryBytes;
        slot.places = places;
        enter(slot);
    }

    private void enter(Slot slot) {
        tally.count(slot, 1);
        if (slot.state instanceof Prewarmed) {
            stems.add(slot);
        } else if (isComing(slot.state)) {
            coming.add(slot);
        } else if (slot.canPause && slot.state instanceof Idle) {
            pausable.add(slot);
        }
        if (slot.group != null) {
            slot.group.enter(slot);
        }
    }

    private void leave(Slot slot) {
        tally.count(slot, -1);
        if (slot.state instanceof Prewarmed) {
            stems.remove(slot);
        } else if (isComing(slot.state)) {
            coming.remove(slot);
        } else if (slot.canPause && slot.state instanceof Idle) {
            pausable.remove(slot);
        }
        if (slot.group != null) {
            slot.group.leave(slot);
        }
    }

    private static boolean isComing(SandboxState state) {
        return state instanceof Starting || state instanceof Preparing;
    }

    private static boolean isResting(SandboxState state) {
        return state instanceof Idle || state instanceof Pausing || state instanceof Paused;
    }
}
