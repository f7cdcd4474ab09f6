package dev.whirl.sandbox.docker;

import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.Reply.Died.Cause;
import dev.whirl.sandbox.docker.engine.ContainerState;
import dev.whirl.sandbox.docker.limit.ContainerGroup;
import dev.whirl.sandbox.http.ContainerLife;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/// What the engine and the kernel know of a container.
///
/// @param group empty where the kernel can't be asked
record EngineLife(Container container, Optional<ContainerGroup> group) implements ContainerLife {
    @Override
    public boolean hasEnded() throws InterruptedException {
        if (group.isPresent()) {
            return processes().isEmpty();
        }
        try {
            return !container.state().isRunning();
        } catch (IOException e) {
            return true;
        }
    }

    /// The engine gives an address to another container only after all processes of this one are gone. Where the kernel
    /// can be asked that costs a read, which every warm call after a silence makes; the engine takes milliseconds.
    @Override
    public boolean holds(InetSocketAddress address) throws InterruptedException {
        if (group.isPresent()) {
            return !processes().isEmpty();
        }
        try {
            ContainerState state = container.state();
            return state.isRunning() && state.address().filter(address::equals).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Reply endedBeforeInit() throws InterruptedException {
        return endedUnderRequest("it ended before it took the code");
    }

    /// The engine is asked until it knows (row K-15).
    @Override
    public Reply.Died endedUnderRequest(String detail) throws InterruptedException {
        try {
            ContainerState state = container.awaitEnd();
            boolean wantedMemory = state.ranOutOfMemory() || isDamaged();
            String status = state.isRunning() ? "" : ", exit status " + state.exitStatus();
            return new Reply.Died(wantedMemory ? Cause.OUT_OF_MEMORY : Cause.EXITED, detail + status);
        } catch (IOException e) {
            return new Reply.Died(Cause.EXITED, detail + "; " + e.getMessage());
        }
    }

    @Override
    public boolean isDamaged() {
        return group.map(ContainerGroup::outOfMemoryKills).orElse(0L) > 0;
    }

    /// The numbers of its processes, as far as they can be seen.
    Set<Long> processes() {
        return group.map(ContainerGroup::list).orElse(Set.of());
    }

    /// Whether its processes can be seen from here.
    boolean isVisible() {
        return group.isPresent();
    }
}
