package dev.whirl.feeds.provide;

import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.KeyedDocuments.Stored;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shares feeds among the providers of a cluster. Each provider renews one document `provider/id`; a document
/// `slot/number` names the provider that has the slot, and changes only with it.
///
/// Nobody compares clocks. Who sees that a provider's document did not change for a whole lease, by its own clock, may
/// take that provider's slots; a provider itself stops firing after three quarters of a lease without having renewed
/// its document and seen its slots. A slot changes hands only if nobody else was faster: its document's revision
/// decides. The monitor guards all fields.
public final class Leases implements Ownership {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
    private static final String PROVIDER = "provider/";
    private static final String SLOT = "slot/";
    private static final String OWNER = "owner";
    private static final int MOST_PROVIDERS = 1000;

    private final KeyedDocuments documents;
    private final String self;
    private final long leaseNanos;
    private final LongSupplier nanoTime;
    private final Map<String, Sign> signs = new HashMap<>();
    private Set<Integer> held = Set.of();
    private long sureUntil;
    private long count;

    /// The last sign of life of a provider, and when it was seen first.
    private record Sign(Revision revision, long seenAt) {}

    /// @param self nobody else's name, not even a former process's
    public Leases(KeyedDocuments documents, String self, Duration lease, LongSupplier nanoTime) {
        this.documents = documents;
        this.self = self;
        this.leaseNanos = lease.toNanos();
        this.nanoTime = nanoTime;
        this.sureUntil = nanoTime.getAsLong();
    }

    @Override
    public synchronized boolean holds(int slot) {
        return held.contains(slot) && nanoTime.getAsLong() - sureUntil < 0;
    }

    @Override
    public synchronized void refresh() {
        long begin = nanoTime.getAsLong();
        renew();
        Map<Integer, Stored> slots = slots(); // first: whoever has one told before that it lives
        Set<String> living = living();
        SlotView view = new SlotView(owners(slots), living);
        SlotView.Moves moves = view.moves(self, SLOTS);
        var mine = new HashSet<>(view.slots(SLOTS, self));
        for (int each : moves.give()) {
            mine.remove(each);
            held = Set.copyOf(mine); // stop before somebody else can begin
            var _ = write(each, slots.get(each), "");
        }
        for (int each : moves.take()) {
            if (write(each, slots.get(each), self)) {
                mine.add(each);
            }
        }
        if (!held.equals(mine)) {
            LOG.atInfo()
                    .addKeyValue("slots", mine.size())
                    .addKeyValue("providers", living.size())
                    .log("this provider looks after other feeds than before");
        }
        held = Set.copyOf(mine);
        sureUntil = begin + leaseNanos / 4 * 3;
    }

    @Override
    public synchronized void release() {
        held = Set.of();
        try {
            slots().forEach((slot, stored) -> {
                if (self.equals(owner(stored))) {
                    var _ = write(slot, stored, "");
                }
            });
            for (Stored each : documents.find(List.of(PROVIDER + self))) {
                documents.delete(each.id(), each.revision());
            }
        } catch (ConflictException | StoreException e) {
            LOG.atInfo().addKeyValue("reason", e.getMessage()).log("others get these feeds when the lease is over");
        }
    }

    private void renew() {
        count++;
        RawJson sign = RawJson.object("count", RawJson.number(count));
        Stored old =
                documents.find(List.of(PROVIDER + self)).stream().findFirst().orElse(null);
        try {
            var _ = documents.put(PROVIDER + self, sign, old == null ? null : old.revision());
        } catch (ConflictException e) {
            throw new StoreException.Unavailable("somebody else calls itself " + self);
        }
    }

    private Set<String> living() {
        long now = nanoTime.getAsLong();
        var living = new HashSet<String>();
        for (Stored each : documents.page(PROVIDER, "", MOST_PROVIDERS)) {
            String name = each.id().substring(PROVIDER.length());
            Sign known = signs.get(name);
            if (known == null || !known.revision().equals(each.revision())) {
                known = new Sign(each.revision(), now);
                signs.put(name, known);
            }
            if (name.equals(self) || now - known.seenAt() < leaseNanos) {
                living.add(name);
            } else if (now - known.seenAt() > 10 * leaseNanos) {
                bury(each);
            }
        }
        signs.keySet().retainAll(namesOf(documents.page(PROVIDER, "", MOST_PROVIDERS)));
        return living;
    }

    private static Set<String> namesOf(List<Stored> providers) {
        var names = new HashSet<String>();
        providers.forEach(each -> names.add(each.id().substring(PROVIDER.length())));
        return names;
    }

    private void bury(Stored provider) {
        try {
            documents.delete(provider.id(), provider.revision());
        } catch (ConflictException e) {
            LOG.atDebug().addKeyValue("provider", provider.id()).log("it lives, or somebody else was faster");
        }
    }

    private Map<Integer, Stored> slots() {
        var slots = new HashMap<Integer, Stored>();
        for (Stored each : documents.page(SLOT, "", SLOTS)) {
            slots.put(Integer.parseInt(each.id().substring(SLOT.length())), each);
        }
        return slots;
    }

    private static Map<Integer, String> owners(Map<Integer, Stored> slots) {
        var owners = new HashMap<Integer, String>();
        slots.forEach((slot, stored) -> owners.put(slot, owner(stored)));
        return owners;
    }

    private static String owner(Stored slot) {
        return slot.document().field(OWNER).flatMap(RawJson::asText).orElse("");
    }

    /// @return whether it is written; not if somebody else was faster
    private boolean write(int slot, @Nullable Stored old, String owner) {
        try {
            var _ = documents.put(
                    SLOT + slot, RawJson.object(OWNER, RawJson.string(owner)), old == null ? null : old.revision());
            return true;
        } catch (ConflictException e) {
            return false;
        }
    }
}
