package dev.whirl.invoker.run;

import dev.whirl.invoker.pool.Lease;
import dev.whirl.invoker.run.Outcome.Finished;
import dev.whirl.invoker.run.Outcome.Initialized;
import dev.whirl.invoker.run.Outcome.NotStarted;
import dev.whirl.model.entity.Action;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.secret.ParameterEncryption;
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
    private final ParameterEncryption encryption;
    private final SystemLimits limits;
    private final InstantSource clock;

    public ActionRunner(CodeTexts codes, ParameterEncryption encryption, SystemLimits limits, InstantSource clock) {
        this.codes = codes;
        this.encryption = encryption;
        this.limits = limits;
        this.clock = clock;
    }

    /// @throws dev.whirl.store.StoreException if the code can't be read; nothing was sent then
    /// @throws dev.whirl.model.secret.LockedParameterException if an argument can't be decrypted; nothing was sent
    ///     then
    public Execution run(Invocation invocation, Executable executable, Lease lease) throws InterruptedException {
        RawJson arguments = encryption.decrypted(invocation.arguments(), invocation.lockedArguments());
        return runPlain(invocation.withArguments(arguments), executable, lease);
    }

    private Execution runPlain(Invocation invocation, Executable executable, Lease lease) throws InterruptedException {
        SystemLimits allowed = limits.in(invocation.caller().limits());
        Action action = executable.action();
        if (!lease.needsInit()) {
            return runOnly(invocation, action, allowed, lease, null);
        }
        Instant start;
        long began;
        Reply reply;
        try (CodeTexts.Loan code = codes.lend(action.exec())) {
            InitRequest request = initRequest(invocation, action, code);
            start = clock.instant();
            began = System.nanoTime();
            reply = lease.sandbox().init(request, action.limits().timeout());
        }
        var took = Duration.ofNanos(System.nanoTime() - began);
        return switch (Outcomes.ofInit(reply, action.limits().timeout(), allowed)) {
            case Initialized _ -> {
                lease.initialized();
                yield runOnly(invocation, action, allowed, lease, took);
            }
            case NotStarted(var detail) -> new Execution.NotStarted(detail, false);
            case Finished(var response, var isTimeout, var keeps) ->
                new Execution.Done(response, isTimeout, keeps, start, took, Duration.ZERO);
        };
    }

    private InitRequest initRequest(Invocation invocation, Action action, CodeTexts.Loan code) {
        RawJson body = RequestDocuments.init(invocation, action, deadline(action));
        return new InitRequest(invocation.id(), body, action.limits().logs(), code.forInit());
    }

    private Execution runOnly(
            Invocation invocation, Action action, SystemLimits allowed, Lease lease, @Nullable Duration init)
            throws InterruptedException {
        var body = RequestDocuments.run(invocation, action, deadline(action));
        var request = new RunRequest(invocation.id(), body, action.limits().logs(), allowed.result());
        Instant start = init == null ? clock.instant() : clock.instant().minus(init);
        long began = System.nanoTime();
        Reply reply = lease.sandbox().run(request, action.limits().timeout());
        var took = Duration.ofNanos(System.nanoTime() - began);
        return switch (Outcomes.ofRun(reply, action.limits().timeout(), allowed, init == null)) {
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
