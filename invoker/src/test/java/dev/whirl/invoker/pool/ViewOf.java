package dev.whirl.invoker.pool;

import dev.whirl.model.identity.Namespace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A view for tests of the rules: whatever they say the pool looks like.
final class ViewOf implements PoolView {
    @Nullable
    Slot warm;

    @Nullable
    Slot stem;

    ActionLoad load = new ActionLoad(0, 0, 0, 1, 0, 0);
    StartCost cost = new StartCost(150 * Fixtures.MILLI, 10 * Fixtures.MILLI);
    int starting;
    int startingForCaller;
    int waiting;
    boolean areProcessorsBusy;
    long freeBytes;
    long backlogSinceNanos = 1_000 * Fixtures.MILLI;
    long reservedBytes;
    final List<Slot> idle = new ArrayList<>();
    final List<Slot> stems = new ArrayList<>();

    static Slot slot(int number, int megabytes) {
        return new Slot(number, Fixtures.spec("node", megabytes), 0);
    }

    ViewOf free(int megabytes) {
        freeBytes = megabytes * 1024L * 1024;
        return this;
    }

    ViewOf load(int sandboxes, int servingPlaces, int comingPlaces, int waiting, long meanRunNanos) {
        load = new ActionLoad(sandboxes, servingPlaces, comingPlaces, waiting, meanRunNanos, backlogSinceNanos);
        return this;
    }

    @Override
    public @Nullable Slot warmPlace(ActionKey key) {
        return warm;
    }

    @Override
    public @Nullable Slot stemCell(Demand demand) {
        return stem;
    }

    @Override
    public ActionLoad load(ActionKey key) {
        return load;
    }

    @Override
    public StartCost startCost(Demand demand) {
        return cost;
    }

    @Override
    public int starting(long nowNanos) {
        return starting;
    }

    @Override
    public int startingFor(Namespace caller) {
        return startingForCaller;
    }

    @Override
    public int waiting() {
        return waiting;
    }

    @Override
    public int parallelStarts() {
        return 4;
    }

    @Override
    public int steadySandboxes() {
        return 2;
    }

    @Override
    public boolean areProcessorsBusy() {
        return areProcessorsBusy;
    }

    @Override
    public long freeBytes() {
        return freeBytes;
    }

    @Override
    public long idleBytes() {
        return idle.stream().mapToLong(each -> each.memoryBytes).sum();
    }

    @Override
    public long stemBytes() {
        return stems.stream().mapToLong(each -> each.memoryBytes).sum();
    }

    @Override
    public long reservedBytes(Job job, long nowNanos) {
        return reservedBytes;
    }

    @Override
    public Iterable<Slot> leastMissedFirst(long nowNanos) {
        return idle;
    }

    @Override
    public Iterable<Slot> stemCells() {
        return stems;
    }
}
