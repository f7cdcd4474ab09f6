package dev.whirl.sandbox.docker;

import dev.whirl.sandbox.docker.engine.Engine;
import dev.whirl.sandbox.http.OrphanSweep;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/// Containers of this server that it does not know: their creation was answered too late, or their
/// removal failed.
///
/// @param known the engine's names of those that it knows
record UnknownContainers(Engine engine, ContainerLabels labels, Supplier<Set<String>> known)
        implements OrphanSweep.Backend<String> {
    @Override
    public Set<String> unknown() throws IOException, InterruptedException {
        var unknown = new HashSet<>(engine.withLabel(ContainerLabels.INSTALLATION, labels.installation()));
        unknown.removeAll(known.get());
        return unknown;
    }

    @Override
    public void remove(String container) throws IOException, InterruptedException {
        engine.remove(container);
    }
}
