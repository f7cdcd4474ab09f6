package dev.whirl.invoker.pool;

import dev.whirl.invoker.pool.StemCell.Species;
import dev.whirl.sandbox.SandboxSpec;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sandboxes that are ready for any action of their runtime. Guarded by the pool's lock.
final class StemCells {
    private final List<StemCell> wanted;
    private final Map<Species, LinkedHashSet<Slot>> bySpecies = new HashMap<>();

    /// The one that became ready first at the front.
    private final LinkedHashSet<Slot> all = new LinkedHashSet<>();

    StemCells(List<StemCell> wanted) {
        this.wanted = List.copyOf(wanted);
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

    /// One that can become a sandbox of this demand; of its very memory if there is one.
    @Nullable
    Slot pick(Demand demand) {
        LinkedHashSet<Slot> cells = bySpecies.get(Species.of(demand.spec()));
        if (cells == null) {
            return null;
        }
        for (Slot each : cells) {
            if (each.memoryBytes == demand.memoryBytes()) {
                return each;
            }
        }
        return cells.getFirst();
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

    /// Those of which there are fewer than wanted.
    List<StemCell> missing() {
        return wanted.stream()
                .filter(each -> count(Species.of(each.spec())) < each.count())
                .toList();
    }

    /// Whether there are more of its sort than wanted.
    boolean isSurplus(Slot slot) {
        Species species = Species.of(slot.spec);
        int most = wantedLike(slot.spec).stream().mapToInt(StemCell::count).sum();
        return count(species) > most;
    }

    /// The wishes that a sandbox of this spec would fulfil.
    List<StemCell> wantedLike(SandboxSpec spec) {
        return wanted.stream()
                .filter(each -> Species.of(each.spec()).equals(Species.of(spec)))
                .toList();
    }

    private int count(Species species) {
        LinkedHashSet<Slot> cells = bySpecies.get(species);
        return cells == null ? 0 : cells.size();
    }
}
