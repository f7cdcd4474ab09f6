package dev.whirl.bus;

import dev.whirl.model.activation.ActivationId;

/// What became of the invocations that one invoker was given. For use by any number of threads.
public interface Deliveries {
    /// In one process: whoever has it may run it.
    Deliveries NONE = new Deliveries() {
        @Override
        public boolean started(ActivationId id) {
            return true;
        }

        @Override
        public void settled(ActivationId id) {}
    };

    /// Call for an accepted invocation, right before it runs: from then on nobody else runs it. Blocks until that
    /// is durable.
    ///
    /// @return false if it must not be run: the lease is lost, another call was first, or the broker is away.
    ///     Forget it then, without a record and without [#settled]: it is handed over again, here or elsewhere
    boolean started(ActivationId id);

    /// Call when nothing more is to be done for an invocation, accepted or not: it has its record, or needs none.
    /// Returns at once.
    void settled(ActivationId id);
}
