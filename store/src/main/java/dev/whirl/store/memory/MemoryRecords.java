package dev.whirl.store.memory;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.ActivationNames;
import dev.whirl.store.Activations;
import dev.whirl.store.ExpectedRecords;
import dev.whirl.store.InvocationJournal;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Records and the journal together, because a record takes its entry out. The monitor guards all fields.
final class MemoryRecords implements Activations {
    private static final Comparator<Activation> NEWEST_FIRST = Comparator.comparingLong(
                    (Activation each) -> each.start().toEpochMilli())
            .reversed()
            .thenComparing(each -> each.id().value());

    private static final Comparator<Invocation> OLDEST_FIRST = Comparator.comparingLong(
                    (Invocation each) -> each.createdAt().toEpochMilli())
            .thenComparing(each -> each.id().value());

    private final Map<ActivationId, Activation> records = new HashMap<>();
    private final Map<ActivationId, Invocation> accepted = new HashMap<>();
    private final Set<ActivationId> started = new HashSet<>();
    private final Journal journal = new Journal();
    private final ExpectedRecords expected = new ExpectedRecords();

    InvocationJournal journal() {
        return journal;
    }

    @Override
    public void expect(NamespaceName namespace, ActivationId id) {
        expected.expect(namespace, id);
    }

    @Override
    public void record(Activation activation) {
        synchronized (this) {
            records.putIfAbsent(activation.id(), activation);
            accepted.remove(activation.id());
            started.remove(activation.id());
        }
        expected.settled(activation.id());
    }

    @Override
    public Optional<Activation> find(NamespaceName namespace, ActivationId id) {
        expected.await(id);
        synchronized (this) {
            return Optional.ofNullable(records.get(id))
                    .filter(each -> each.namespace().equals(namespace));
        }
    }

    @Override
    public synchronized List<NamespaceName> namespaces() {
        return records.values().stream()
                .map(Activation::namespace)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<ActivationSummary> list(Query query) {
        return listFull(query).stream().map(Activation::summary).toList();
    }

    @Override
    public List<Activation> listFull(Query query) {
        expected.awaitAll(query.namespace());
        synchronized (this) {
            return page(query).toList();
        }
    }

    @Override
    public long count(Query query) {
        expected.awaitAll(query.namespace());
        synchronized (this) {
            return matching(query).skip(query.skip()).count();
        }
    }

    @Override
    public void flush() {}

    @Override
    public synchronized long prune(Retention retention, Instant now) {
        int before = records.size();
        Instant oldest = now.minus(retention.age());
        records.values().removeIf(each -> each.start().isBefore(oldest));
        var kept = new HashMap<NamespaceName, Long>();
        List<Activation> surplus = records.values().stream()
                .sorted(NEWEST_FIRST)
                .filter(each -> kept.merge(each.namespace(), 1L, Long::sum) > retention.count())
                .toList();
        surplus.forEach(each -> records.remove(each.id()));
        return (long) before - records.size();
    }

    private Stream<Activation> page(Query query) {
        return matching(query).sorted(NEWEST_FIRST).skip(query.skip()).limit(query.limit());
    }

    private Stream<Activation> matching(Query query) {
        return records.values().stream().filter(each -> ActivationNames.matches(query, each.summary()));
    }

    private final class Journal implements InvocationJournal {
        @Override
        public void accept(Invocation invocation) {
            synchronized (MemoryRecords.this) {
                accepted.put(invocation.id(), invocation);
            }
        }

        @Override
        public void acceptAll(List<Invocation> invocations, @Nullable Activation record) {
            synchronized (MemoryRecords.this) {
                invocations.forEach(each -> accepted.put(each.id(), each));
                if (record != null) {
                    records.putIfAbsent(record.id(), record);
                }
            }
        }

        @Override
        public void acceptRunning(Invocation invocation) {
            synchronized (MemoryRecords.this) {
                if (!records.containsKey(invocation.id())) {
                    accepted.put(invocation.id(), invocation);
                    started.add(invocation.id());
                }
            }
        }

        @Override
        public boolean started(ActivationId id) {
            synchronized (MemoryRecords.this) {
                if (accepted.containsKey(id)) {
                    started.add(id);
                }
            }
            return true;
        }

        @Override
        public void discard(ActivationId id) {
            synchronized (MemoryRecords.this) {
                accepted.remove(id);
                started.remove(id);
            }
        }

        @Override
        public List<Entry> unfinished(@Nullable Entry after, int limit) {
            synchronized (MemoryRecords.this) {
                return accepted.values().stream()
                        .sorted(OLDEST_FIRST)
                        .filter(each -> after == null || OLDEST_FIRST.compare(each, after.invocation()) > 0)
                        .limit(Math.max(1, limit))
                        .map(this::entry)
                        .toList();
            }
        }

        @Override
        public Optional<Entry> find(ActivationId id) {
            synchronized (MemoryRecords.this) {
                return Optional.ofNullable(accepted.get(id)).map(this::entry);
            }
        }

        private Entry entry(Invocation invocation) {
            return new Entry(invocation, started.contains(invocation.id()));
        }
    }
}
