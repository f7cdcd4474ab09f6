package dev.whirl.invoker;

import static dev.whirl.model.activation.ActivationResponse.Status.APPLICATION_ERROR;
import static dev.whirl.model.activation.ActivationResponse.Status.DEVELOPER_ERROR;
import static dev.whirl.model.activation.ActivationResponse.Status.WHISK_ERROR;

import dev.whirl.invoker.pool.ActionKey;
import dev.whirl.invoker.pool.Admission;
import dev.whirl.invoker.pool.Demand;
import dev.whirl.invoker.pool.KeptWarm;
import dev.whirl.invoker.pool.Lease;
import dev.whirl.invoker.pool.Pool;
import dev.whirl.invoker.pool.Reason;
import dev.whirl.invoker.pool.StartKind;
import dev.whirl.invoker.run.ActionRunner;
import dev.whirl.invoker.run.Executable;
import dev.whirl.invoker.run.Execution;
import dev.whirl.model.ActivationMessages;
import dev.whirl.model.Messages;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.entity.Action;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.secret.LockedParameterException;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One invocation from top to bottom: find the action, get a sandbox, run, answer, collect logs, record.
final class InvocationTask {
    private static final Logger LOG = LoggerFactory.getLogger(InvocationTask.class);
    private static final int MOST_ATTEMPTS = 2;
    private static final int MOST_WARM_ATTEMPTS = 32;
    private static final ActivationResponse NO_RESOURCES =
            ActivationResponse.failure(WHISK_ERROR, ActivationMessages.NO_RESOURCES);
    private static final ActivationResponse BLOCKED =
            ActivationResponse.failure(APPLICATION_ERROR, Messages.NAMESPACE_BLOCKED);

    private final BlockedCallers blocked;
    private final Executables executables;
    private final Pool pool;
    private final ActionRunner runner;
    private final InvocationJournal journal;
    private final Conclusion conclusion;
    private final InstantSource clock;

    /// Set when sandboxes are about to be closed under what runs in them: whatever ends after that was ended by the
    /// platform.
    private volatile boolean isEnding;

    InvocationTask(
            BlockedCallers blocked,
            Executables executables,
            Pool pool,
            ActionRunner runner,
            InvocationJournal journal,
            Conclusion conclusion,
            InstantSource clock) {
        this.blocked = blocked;
        this.executables = executables;
        this.pool = pool;
        this.runner = runner;
        this.journal = journal;
        this.conclusion = conclusion;
        this.clock = clock;
    }

    /// Call on a virtual thread of its own.
    ///
    /// @throws InterruptedException if the platform gave the job up; it has no result then
    void run(Invocation invocation) throws InterruptedException {
        if (blocked.contains(invocation.caller())) {
            if (!isOurs(invocation)) {
                return;
            }
            conclusion.unrecorded(invocation, Records.ofUnknown(invocation, BLOCKED, clock.instant()));
            return;
        }
        switch (executables.find(invocation)) {
            case Lookup.Found(var executable) -> execute(invocation, executable);
            case Lookup.NotFound(var response) ->
                endUnrun(invocation, Records.ofUnknown(invocation, response, clock.instant()), Fault.OTHER);
            case Lookup.NotExecutable(var action, var response) ->
                endUnrun(invocation, Records.notRun(invocation, action, response, clock.instant()), Fault.OTHER);
        }
    }

    /// Ends what came to no sandbox, unless somebody else has it by now.
    private void endUnrun(Invocation invocation, Activation record, Fault fault) {
        if (isOurs(invocation)) {
            conclusion.notRun(invocation, record, fault);
        }
    }

    /// Whether an invocation that has not started is this invoker's to end. If not, it is left to whoever has it.
    private boolean isOurs(Invocation invocation) {
        boolean isOurs = !invocation.isAccepted() || journal.started(invocation.id());
        if (!isOurs) {
            conclusion.leftToJournal(invocation);
        }
        return isOurs;
    }

    /// Ends an invocation for which there is no room at all.
    void reject(Invocation invocation) {
        endUnrun(invocation, Records.ofUnknown(invocation, NO_RESOURCES, clock.instant()), Fault.OTHER);
    }

    /// Ends an invocation that an earlier process of this invoker may have run.
    void lost(Invocation invocation) {
        ActivationResponse response = ActivationResponse.failure(WHISK_ERROR, ActivationMessages.LOST_IN_CRASH);
        Activation record = executables.find(invocation) instanceof Lookup.Found(var executable)
                ? Records.notRun(invocation, executable.action(), response, clock.instant())
                : Records.ofUnknown(invocation, response, clock.instant());
        conclusion.notRun(invocation, record, Fault.OTHER);
    }

    /// Ends an invocation with which something went wrong in here.
    void fail(Invocation invocation) {
        conclusion.notRun(invocation, Records.ofUnknown(invocation, NO_RESOURCES, clock.instant()), Fault.INVOKER);
    }

    /// From now on an activation that ends badly was ended by the platform.
    void ending() {
        isEnding = true;
    }

    private void execute(Invocation invocation, Executable executable) throws InterruptedException {
        for (int attempt = 1; attempt <= MOST_WARM_ATTEMPTS; attempt++) {
            switch (pool.lease(demand(invocation, executable))) {
                case Admission.Refused refused -> {
                    refused(invocation, executable.action(), refused, attempt);
                    return;
                }
                case Admission.Granted(var lease) -> {
                    // waiting sandboxes can die unseen, several at a time: that says nothing of a fresh one
                    int most = lease.kind() == StartKind.COLD ? MOST_ATTEMPTS : MOST_WARM_ATTEMPTS;
                    if (isFinishedIn(lease, invocation, executable, attempt, attempt < most)) {
                        return;
                    }
                }
            }
        }
    }

    /// @return false if nothing of it was executed and it may be tried once more
    private boolean isFinishedIn(
            Lease lease, Invocation invocation, Executable executable, int attempt, boolean mayTryAgain)
            throws InterruptedException {
        Action action = executable.action();
        try (lease) {
            switch (started(lease, invocation, executable, attempt)) {
                case Execution.NotOurs _ -> {
                    lease.reusable();
                    conclusion.leftToJournal(invocation);
                }
                case Execution.Done over -> conclusion.ran(invocation, action, lease, judged(over), Fault.OTHER);
                case Execution.NotStarted not
                when mayTryAgain -> {
                    logRetry(invocation, not);
                    return false;
                }
                case Execution.NotStarted not ->
                    conclusion.ran(
                            invocation, action, lease, failed(not), not.afterInit() ? Fault.OTHER : Fault.INVOKER);
            }
            return true;
        }
    }

    /// What can't be read or written before the run is the platform's fault; nothing of the invocation was sent.
    private Execution started(Lease lease, Invocation invocation, Executable executable, int attempt)
            throws InterruptedException {
        try {
            if (invocation.isAccepted() && attempt == 1 && !journal.started(invocation.id())) {
                return new Execution.NotOurs();
            }
            return runner.run(invocation, executable, lease);
        } catch (StoreException e) {
            LOG.atError()
                    .addKeyValue("transaction", invocation.transaction())
                    .addKeyValue("activation", invocation.id())
                    .setCause(e)
                    .log("An invocation could not be prepared");
            return whiskError(ActivationResponse.failure(WHISK_ERROR, Messages.ACTION_UNREADABLE));
        } catch (LockedParameterException e) {
            return locked(invocation, lease, e);
        }
    }

    /// A wrong key, or a value that was made up: the sandbox was sent nothing and stays as it is.
    private Execution.Done locked(Invocation invocation, Lease lease, LockedParameterException reason) {
        LOG.atError()
                .addKeyValue("transaction", invocation.transaction())
                .addKeyValue("activation", invocation.id())
                .addKeyValue("action", invocation.action())
                .addKeyValue("parameter", reason.parameter())
                .addKeyValue("encryption", reason.algorithm())
                .log("An encrypted parameter could not be decrypted");
        ActivationResponse response = ActivationResponse.failure(WHISK_ERROR, reason.sentence());
        boolean keepsSandbox = !lease.needsInit();
        return new Execution.Done(response, false, keepsSandbox, clock.instant(), null, Duration.ZERO);
    }

    private Execution.Done judged(Execution.Done done) {
        boolean isOurs = isEnding && done.response().status() == DEVELOPER_ERROR;
        return isOurs
                ? done.withResponse(ActivationResponse.failure(WHISK_ERROR, ActivationMessages.LOST_IN_CRASH))
                : done;
    }

    /// Twice it could not be started. If the code had just been taken, it ended its own runtime.
    private Execution.Done failed(Execution.NotStarted not) {
        return not.afterInit()
                ? judged(whiskError(ActivationResponse.failure(DEVELOPER_ERROR, ActivationMessages.RUN_DIED)))
                : whiskError(NO_RESOURCES);
    }

    private Execution.Done whiskError(ActivationResponse response) {
        return new Execution.Done(response, false, false, clock.instant(), null, Duration.ZERO);
    }

    /// A job that the pool gives up when it is closed stays in the journal, if it is in there: it is run after the
    /// next start.
    private void refused(Invocation invocation, Action action, Admission.Refused refused, int attempt) {
        LOG.atWarn()
                .addKeyValue("transaction", invocation.transaction())
                .addKeyValue("activation", invocation.id())
                .addKeyValue("reason", refused.reason())
                .addKeyValue("detail", refused.detail())
                .log("No sandbox for an invocation");
        if (refused.reason() == Reason.STOPPING && invocation.isAccepted() && attempt == 1) {
            conclusion.leftToJournal(invocation);
        } else {
            Activation record = Records.notRun(invocation, action, response(refused), clock.instant());
            Fault fault = refused.reason() == Reason.START_FAILED ? Fault.INVOKER : Fault.OTHER;
            if (attempt == 1) {
                endUnrun(invocation, record, fault);
            } else {
                conclusion.notRun(invocation, record, fault);
            }
        }
    }

    private static ActivationResponse response(Admission.Refused refused) {
        return switch (refused.reason()) {
            case DEADLINE -> ActivationResponse.failure(WHISK_ERROR, ActivationMessages.noRoom(refused.detail()));
            case IMAGE_UNUSABLE -> ActivationResponse.failure(DEVELOPER_ERROR, refused.detail());
            case QUEUE_FULL, START_FAILED, TOO_LARGE, STOPPING -> NO_RESOURCES;
        };
    }

    private static void logRetry(Invocation invocation, Execution.NotStarted not) {
        LOG.atInfo()
                .addKeyValue("transaction", invocation.transaction())
                .addKeyValue("activation", invocation.id())
                .addKeyValue("detail", not.detail())
                .log("A sandbox was gone before the run; it goes to another");
    }

    private static Demand demand(Invocation invocation, Executable executable) {
        var limits = invocation.caller().limits().actions().instances();
        Demand demand = demand(invocation.caller().namespace(), executable).keeping(KeptWarm.of(limits));
        return invocation.isAccepted() ? demand.accepted() : demand;
    }

    static Demand demand(Namespace caller, Executable executable) {
        Action action = executable.action();
        return new Demand(
                new ActionKey(caller, action.id(), executable.revision()),
                executable.spec(),
                executable.isSingleUse() ? 1 : action.limits().concurrency(),
                action.limits().instances(),
                executable.isSingleUse());
    }
}
