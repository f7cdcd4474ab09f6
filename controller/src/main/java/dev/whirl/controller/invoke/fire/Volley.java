package dev.whirl.controller.invoke.fire;

import dev.whirl.controller.invoke.Invocations;
import dev.whirl.controller.invoke.InvokeCall;
import dev.whirl.controller.invoke.Prepared;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The calls of one firing, until they are accepted together. Closing it gives up what was not. Used by one thread.
final class Volley implements AutoCloseable {
    /// All arguments together are in one commit.
    private static final long MAX_BYTES = 32L * 1024 * 1024;

    /// When rules had to wait for room so long, the rest is refused.
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Invocations invocations;
    private final long start = System.nanoTime();
    private final List<Prepared> prepared = new ArrayList<>();
    private long bytes;

    Volley(Invocations invocations) {
        this.invocations = invocations;
    }

    /// @throws ApiException 503 if there is no room for it; then the call's admission is still the caller's
    ActivationId add(InvokeCall call) throws InterruptedException {
        if (System.nanoTime() - start > MAX_WAIT_NANOS) {
            throw new ApiException(ErrorCode.OVERLOADED, Messages.FIRING_TOO_SLOW);
        }
        Prepared next = invocations.prepare(call);
        long size = next.invocation().arguments().sizeBytes();
        if (bytes + size > MAX_BYTES) {
            invocations.giveUp(next);
            throw new ApiException(ErrorCode.OVERLOADED, Messages.firingTooLarge(MAX_BYTES));
        }
        bytes += size;
        prepared.add(next);
        return next.invocation().id();
    }

    /// Makes all of it durable and sends it on its way.
    ///
    /// @param record of the trigger, null if none is to be kept
    void accept(@Nullable Activation record) {
        var all = List.copyOf(prepared);
        invocations.acceptAll(all, record);
        prepared.clear();
    }

    @Override
    public void close() {
        for (Prepared each : prepared) {
            invocations.giveUp(each);
            each.call().admission().close();
        }
    }
}
