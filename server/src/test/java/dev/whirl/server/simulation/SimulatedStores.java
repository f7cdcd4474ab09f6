package dev.whirl.server.simulation;

import dev.whirl.store.Activations;
import dev.whirl.store.CodeStore;
import dev.whirl.store.Entities;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.Stores;
import dev.whirl.store.Subjects;

/// The stores as one process of a simulation has them.
record SimulatedStores(Stores shared, Activations activations, InvocationJournal journal) implements Stores {
    @Override
    public Entities entities() {
        return shared.entities();
    }

    @Override
    public Subjects subjects() {
        return shared.subjects();
    }

    @Override
    public CodeStore code() {
        return shared.code();
    }

    @Override
    public void close() {}
}
