package dev.whirl.invoker.pool;

import dev.whirl.invoker.demand.Asks;
import dev.whirl.invoker.pool.StemCell.Species;
import dev.whirl.sandbox.SandboxSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sandboxes that are ready for any action of their runtime. Guarded by the pool's lock.
final class StemCells {
    private static final int MOST_SPECIES = 100;

    private final List<StemCell> configured;
    private final int most;

    /// What stem cells of one sort may have for which there is only demand.
    private final long mostBytes;

    /// How often a sandbox of a sort was asked for; of those asked for last, so many at most.
    private final LinkedHashMap<Species, Asked> asked = new LinkedHashMap<>(16, 0.75f, true);

    /// @param spec of one like it
    private record Asked(SandboxSpec spec, Asks asks) {}

    private final Map<Species, LinkedHashSet<Slot>> bySpecies = new HashMap<>();

    /// The one that became ready first at the front.
    private final LinkedHashSet<Slot> all = new LinkedHashSet<>();

    /// @param configured so many at least
    StemCells(PoolConfig config, List<StemCell> configured) {
        this.configured = List.copyOf(configured);
        most = config.demand().learns() ? config.demand().mostStemCells() : 0;
        mostBytes = config.memory().bytes() / 4;
    }

    /// A sandbox of this sort was taken for an action.
    void asked(SandboxSpec spec, long nowNanos) {
        asked.computeIfAbsent(Species.of(spec), _ -> new Asked(spec, new Asks()))
                .asks
                .add(nowNanos);
        if (asked.size() > MOST_SPECIES) {
            asked.pollFirstEntry();
        }
    }

    void add(Slot slot) {
        bySpecies
                .computeIfAbsent(Species.of(slot.spec), _ -> new LinkedHashSet<>())
                .add(slot);
        all.add(slot);
    }

    void remove(Slot slot) {
        Species species = Species.of(slot.spec);
        LinkedHashSet<Slot> cells = bySpecies.get(species);
        if (cells != null && cells.remove(slot) && cells.isEmpty()) {
            bySpecies.remove(species);
        }
        all.remove(slot);
    }

    /// One that can become a sandbox of this demand; of its very memory if there is one, or if it can have no other.
    @Nullable
    Slot pick(Demand demand) {
        LinkedHashSet<Slot> cells = bySpecies.get(Species.of(demand.spec()));
        if (cells == null) {
            return null;
        }
        Slot resizable = null;
        for (Slot each : cells) {
            if (each.memoryBytes == demand.memoryBytes()) {
                return each;
            }
            if (resizable == null && each.canResize) {
                resizable = each;
            }
        }
        return resizable;
    }

    /// In the order in which they became ready.
    Iterable<Slot> all() {
        return all;
    }

    /// How many are ready for a runtime, of whatever image.
    int ready(String runtime) {
        return (int)
                all.stream().filter(each -> each.spec.runtime().equals(runtime)).count();
    }

    /// Those of which there are fewer than wanted, those that the configuration asks for first.
    List<StemCell> missing(long nowNanos) {
        return wanted(nowNanos).values().stream()
                .filter(each -> count(Species.of(each.spec())) < each.count())
                .toList();
    }

    /// Whether there are more of its sort than wanted.
    boolean isSurplus(Slot slot, long nowNanos) {
        Species species = Species.of(slot.spec);
        StemCell cell = wanted(nowNanos).get(species);
        return cell == null || count(species) > cell.count();
    }

    /// As many as the configuration says, or as demand shows, whichever is more.
    private Map<Species, StemCell> wanted(long nowNanos) {
        var wanted = new LinkedHashMap<Species, StemCell>();
        configured.forEach(each -> wanted.merge(Species.of(each.spec()), each, StemCells::sum));
        asked.forEach((species, each) -> {
            var demanded = new StemCell(each.spec, Math.min(most(each.spec), each.asks.wanted(nowNanos)));
            wanted.merge(species, demanded, StemCells::larger);
        });
        return wanted;
    }

    private int most(SandboxSpec spec) {
        return (int) Math.min(most, mostBytes / spec.memory().bytes());
    }

    private static StemCell sum(StemCell one, StemCell other) {
        return new StemCell(one.spec(), one.count() + other.count());
    }

    private static StemCell larger(StemCell configured, StemCell demanded) {
        return new StemCell(configured.spec(), Math.max(configured.count(), demanded.count()));
    }

    private int count(Species species) {
        LinkedHashSet<Slot> cells = bySpecies.get(species);
        return cells == null ? 0 : cells.size();
    }
}
