package dev.whirl.invoker.run;

import dev.whirl.invoker.pool.Lease;
import dev.whirl.invoker.run.Outcome.Finished;
import dev.whirl.invoker.run.Outcome.Initialized;
import dev.whirl.invoker.run.Outcome.NotStarted;
import dev.whirl.model.entity.Action;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.message.Invocation;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Sends an activation to its sandbox: the code, if it is not there yet, then the arguments. The action's time limit
/// holds for each (row K-14).
public final class ActionRunner {
    private final CodeTexts codes;
    private final SystemLimits limits;
    private final InstantSource clock;

    public ActionRunner(CodeTexts codes, SystemLimits limits, InstantSource clock) {
        this.codes = codes;
        this.limits = limits;
        this.clock = clock;
    }

    /// @throws dev.whirl.store.StoreException if the code can't be read; nothing was sent then
    public Execution run(Invocation invocation, Executable executable, Lease lease) throws InterruptedException {
        Action action = executable.action();
        if (!lease.needsInit()) {
            return runOnly(invocation, action, lease, null);
        }
        var body = RequestDocuments.init(invocation, action, codes.find(action.exec()), deadline(action));
        Instant start = clock.instant();
        long began = System.nanoTime();
        Reply reply = lease.sandbox()
                .init(
                        new InitRequest(invocation.id(), body, action.limits().logs()),
                        action.limits().timeout());
        var took = Duration.ofNanos(System.nanoTime() - began);
        return switch (Outcomes.ofInit(reply, action.limits().timeout(), limits)) {
            case Initialized _ -> {
                lease.initialized();
                yield runOnly(invocation, action, lease, took);
            }
            case NotStarted(var detail) -> new Execution.NotStarted(detail, false);
            case Finished(var response, var isTimeout, var keeps) ->
                new Execution.Done(response, isTimeout, keeps, start, took, Duration.ZERO);
        };
    }

    private Execution runOnly(Invocation invocation, Action action, Lease lease, @Nullable Duration init)
            throws InterruptedException {
        var body = RequestDocuments.run(invocation, action, deadline(action));
        var request = new RunRequest(invocation.id(), body, action.limits().logs(), limits.result());
        Instant start = init == null ? clock.instant() : clock.instant().minus(init);
        long began = System.nanoTime();
        Reply reply = lease.sandbox().run(request, action.limits().timeout());
        var took = Duration.ofNanos(System.nanoTime() - began);
        return switch (Outcomes.ofRun(reply, action.limits().timeout(), limits, init == null)) {
            case NotStarted(var detail) -> new Execution.NotStarted(detail, init != null);
            case Finished(var response, var isTimeout, var keeps) ->
                new Execution.Done(response, isTimeout, keeps, start, init, took);
            case Initialized _ -> throw new IllegalStateException("a run is no init");
        };
    }

    private Instant deadline(Action action) {
        return clock.instant().plus(action.limits().timeout());
    }
}
