package dev.whirl.feeds.registry;

import dev.whirl.feeds.feed.FeedDocuments;
import dev.whirl.feeds.feed.FeedSign;
import dev.whirl.feeds.feed.FeedStatus;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.store.ConflictException;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.KeyedDocuments.Changes;
import dev.whirl.store.KeyedDocuments.Stored;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All triggers with feeds: documents `feed/namespace/name`.
public final class FeedRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(FeedRegistry.class);
    private static final String PREFIX = "feed/";
    private static final int PAGE = 500;

    /// Documents to read at once of which only the ids are known.
    private static final int PART = 64;

    private static final int MOST_RACES = 20;

    private final KeyedDocuments documents;

    public FeedRegistry(KeyedDocuments documents) {
        this.documents = documents;
    }

    /// A trigger with the revision of its document.
    public record Registered(FeedTrigger trigger, Revision revision) {}

    /// @param id of a trigger
    /// @param sign null if it has no feed any more, or one of a kind that nobody knows
    public record Change(EntityId id, @Nullable FeedSign sign) {}

    /// What changed, and where to look from next time.
    ///
    /// @param unseen all that was written, with its revision, and that the store does not show so yet
    /// @param isAll whether these are all that there are, and not only changes
    public record News(List<Change> changes, Map<EntityId, Revision> unseen, String mark, boolean isAll) {
        public News {
            changes = List.copyOf(changes);
            unseen = Map.copyOf(unseen);
        }
    }

    public Optional<Registered> find(EntityId trigger) {
        return documents.find(List.of(id(trigger))).stream()
                .flatMap(each -> read(each).map(found -> new Registered(found, each.revision())).stream())
                .findFirst();
    }

    /// Those of the feeds that are there and can be read, handed over a few at a time: together they may be large.
    ///
    /// @return those that are there and can't be read
    public Set<EntityId> read(Collection<EntityId> triggers, Consumer<FeedTrigger> use) {
        var broken = new HashSet<EntityId>();
        find(
                triggers.stream().map(FeedRegistry::id).toList(),
                each -> read(each).ifPresentOrElse(use, () -> broken.add(trigger(each.id()))));
        return broken;
    }

    /// Creates or replaces one, whoever else changes it.
    public void save(FeedTrigger trigger) {
        for (int race = 0; race < MOST_RACES; race++) {
            Optional<Stored> old =
                    documents.find(List.of(id(trigger.trigger()))).stream().findFirst();
            try {
                var _ = documents.put(id(trigger.trigger()), FeedDocuments.write(trigger), revision(old));
                return;
            } catch (ConflictException e) {
                LOG.atDebug().addKeyValue("document", e.document()).log("A feed is changed by several at once");
            }
        }
        throw new StoreException.Unavailable(trigger + " is changed by others all the time");
    }

    /// Stops a feed, unless its owner changed it meanwhile.
    ///
    /// @param trigger as it was read
    /// @throws StoreException if it can't be stopped now, for one because the store does not show it: try
    /// again until it is told that it was removed
    public void stop(FeedTrigger trigger, FeedStatus status) {
        for (int race = 0; race < MOST_RACES; race++) {
            Registered now = find(trigger.trigger())
                    .filter(shown -> !shown.trigger().since().isBefore(trigger.since()))
                    .orElseThrow(() -> new StoreException.Unavailable(
                            trigger + " is to be stopped, and the store does not show it now"));
            if (!now.trigger().generation().equals(trigger.generation())) {
                return;
            }
            try {
                var _ = documents.put(
                        id(trigger.trigger()), FeedDocuments.write(now.trigger().with(status)), now.revision());
                return;
            } catch (ConflictException e) { // its owner, or another provider: see what they wrote
                LOG.atDebug().addKeyValue("document", e.document()).log("A feed is changed while it is stopped");
            }
        }
        throw new StoreException.Unavailable(trigger + " is changed by others all the time");
    }

    /// Takes a feed away, whoever else changes it.
    ///
    /// @return whether there was one
    public boolean remove(EntityId trigger) {
        boolean wasThere = removeDocument(id(trigger));
        removeDocument(Positions.id(trigger));
        return wasThere;
    }

    private boolean removeDocument(String id) {
        for (int race = 0; race < MOST_RACES; race++) {
            Optional<Stored> old = documents.find(List.of(id)).stream().findFirst();
            if (old.isEmpty()) {
                return race > 0;
            }
            try {
                documents.delete(id, old.get().revision());
                return true;
            } catch (ConflictException e) {
                LOG.atDebug().addKeyValue("document", id).log("A feed is changed while it is removed");
            }
        }
        throw new StoreException.Unavailable(id + " is changed by others all the time");
    }

    /// Everything there is. It is told rather than listed where the store can do so: what a list lacks,
    /// and was written before the mark, no later change would tell.
    public News all() {
        return documents
                .beginning()
                .flatMap(beginning -> told(beginning, Map.of(), true))
                .orElseGet(this::listed);
    }

    private News listed() {
        String mark = documents.mark();
        var found = new ArrayList<Change>();
        List<Stored> page = documents.page(PREFIX, "", PAGE);
        while (!page.isEmpty()) {
            page.forEach(each -> found.add(change(each)));
            page = documents.page(PREFIX, page.getLast().id(), PAGE);
        }
        return new News(found, Map.of(), mark, true);
    }

    /// What changed after a mark, or everything if nobody knows that any more.
    ///
    /// @param unseen of the news that had the mark: looked for again
    public News since(String mark, Map<EntityId, Revision> unseen) {
        return told(mark, unseen, false).orElseGet(this::all);
    }

    private Optional<News> told(String mark, Map<EntityId, Revision> unseen, boolean isAll) {
        var found = new ArrayList<Change>();
        var awaited = new HashMap<>(unseen);
        Consumer<EntityId> gone = isAll ? _ -> {} : feed -> found.add(new Change(feed, null));
        Optional<Changes> changes = documents.changes(mark, PAGE);
        while (changes.isPresent() && !changes.get().all().isEmpty()) {
            changes.get().all().stream()
                    .filter(each -> each.id().startsWith(PREFIX))
                    .forEach(each -> note(each, awaited, gone));
            changes = documents.changes(changes.get().mark(), PAGE);
        }
        return changes.map(last -> {
            found.addAll(look(awaited));
            return new News(found, awaited, last.mark(), isAll);
        });
    }

    private static void note(KeyedDocuments.Change change, Map<EntityId, Revision> awaited, Consumer<EntityId> gone) {
        EntityId feed = trigger(change.id());
        Revision written = change.revision();
        if (written == null) {
            awaited.remove(feed);
            gone.accept(feed);
        } else {
            awaited.put(feed, written);
        }
    }

    /// What the store shows of feeds that were written.
    ///
    /// @param awaited with the revision that each was written with; those that the store shows so, or as
    /// they were written later, are taken out
    private List<Change> look(Map<EntityId, Revision> awaited) {
        var shown = new ArrayList<Change>();
        find(awaited.keySet().stream().map(FeedRegistry::id).toList(), each -> {
            EntityId feed = trigger(each.id());
            Revision written = awaited.get(feed);
            if (written != null && each.revision().isOfOrAfter(written)) {
                shown.add(change(each));
                awaited.remove(feed);
            }
        });
        return shown;
    }

    private void find(List<String> ids, Consumer<Stored> use) {
        for (int i = 0; i < ids.size(); i += PART) {
            documents.find(ids.subList(i, Math.min(ids.size(), i + PART))).forEach(use);
        }
    }

    private static Change change(Stored stored) {
        return new Change(
                trigger(stored.id()), FeedDocuments.sign(stored.document()).orElse(null));
    }

    private static Optional<FeedTrigger> read(Stored stored) {
        try {
            return Optional.of(FeedDocuments.read(stored.document()));
        } catch (IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("document", stored.id())
                    .addKeyValue("reason", e.getMessage())
                    .log("A feed can't be read and stands still");
            return Optional.empty();
        }
    }

    private static String id(EntityId trigger) {
        return PREFIX + trigger;
    }

    private static EntityId trigger(String id) {
        String[] parts = id.split("/", 3);
        return EntityId.of(new NamespaceName(parts[1]), new EntityName(parts[2]));
    }

    @SuppressWarnings("NullAway") // null stands for nothing there
    private static Revision revision(Optional<Stored> stored) {
        return stored.map(Stored::revision).orElse(null);
    }
}
