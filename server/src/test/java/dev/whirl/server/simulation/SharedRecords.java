package dev.whirl.server.simulation;

import dev.whirl.bus.kafka.SimulatedProcess;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.store.Activations;
import dev.whirl.store.InvocationJournal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The records of a cluster, which each process writes behind: what it has not written yet ends with it. The first
/// record of an id stays.
final class SharedRecords {
    private static final long BEHIND = 100_000_000;

    private final Map<ActivationId, Activation> written = new LinkedHashMap<>();

    Map<ActivationId, Activation> written() {
        return written;
    }

    Activations of(SimulatedProcess process, Supplier<InvocationJournal> journal) {
        return new Behind(process, journal);
    }

    private final class Behind implements Activations {
        private final SimulatedProcess process;
        private final Supplier<InvocationJournal> journal;
        private final Map<ActivationId, Activation> pending = new LinkedHashMap<>();

        Behind(SimulatedProcess process, Supplier<InvocationJournal> journal) {
            this.process = process;
            this.journal = journal;
        }

        @Override
        public void expect(NamespaceName namespace, ActivationId id) {}

        @Override
        public void record(Activation activation) {
            if (pending.isEmpty()) {
                process.later(BEHIND, this::flush);
            }
            pending.putIfAbsent(activation.id(), activation);
        }

        @Override
        public void flush() {
            List<Activation> batch = List.copyOf(pending.values());
            pending.clear();
            batch.forEach(each -> written.putIfAbsent(each.id(), each));
            batch.forEach(each -> journal.get().discard(each.id()));
        }

        @Override
        public Optional<Activation> find(NamespaceName namespace, ActivationId id) {
            return Optional.ofNullable(written.get(id)).or(() -> Optional.ofNullable(pending.get(id)));
        }

        @Override
        public List<ActivationSummary> list(Query query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Activation> listFull(Query query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long count(Query query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<NamespaceName> namespaces() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long prune(Retention retention, Instant now) {
            throw new UnsupportedOperationException();
        }
    }
}
