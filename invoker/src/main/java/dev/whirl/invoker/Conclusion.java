package dev.whirl.invoker;

import static dev.whirl.model.activation.ActivationResponse.Status.DEVELOPER_ERROR;

import dev.whirl.common.units.ByteSize;
import dev.whirl.invoker.logs.LogLines;
import dev.whirl.invoker.logs.LogShipper;
import dev.whirl.invoker.pool.Lease;
import dev.whirl.invoker.run.Execution;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.entity.Action;
import dev.whirl.model.message.Invocation;
import dev.whirl.sandbox.CollectedLogs;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of an invocation: its result is told, then come the record, the sandbox, the figures and the word that the
/// place is free. A step that fails is logged and keeps none of the others from being done; above all it never becomes
/// a second result.
final class Conclusion {
    private static final Logger LOG = LoggerFactory.getLogger(Conclusion.class);
    private static final CollectedLogs NOTHING_COLLECTED = new CollectedLogs(List.of(), false, false);

    private final Reporter reporter;
    private final LogShipper logShipper;
    private final InvokerMetrics metrics;
    private final InstantSource clock;

    Conclusion(Reporter reporter, LogShipper logShipper, InvokerMetrics metrics, InstantSource clock) {
        this.reporter = reporter;
        this.logShipper = logShipper;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Of one that never came to a sandbox.
    void notRun(Invocation invocation, Activation activation, Fault fault) {
        reporter.result(invocation, activation);
        boolean isRecorded = isDone(invocation, "record", () -> reporter.record(invocation, activation));
        var _ = isDone(invocation, "figures", () -> metrics.notRun(invocation, activation, clock.instant()));
        reporter.freed(invocation, fault == Fault.INVOKER || !isRecorded);
    }

    /// Of one that is left to whoever reads the journal after a restart.
    void leftToJournal(Invocation invocation) {
        reporter.leftToJournal(invocation);
    }

    /// Of one that leaves no record, whatever the settings say (row I-18).
    void unrecorded(Invocation invocation, Activation activation) {
        reporter.resultOnly(invocation, activation);
        var _ = isDone(invocation, "figures", () -> metrics.notRun(invocation, activation, clock.instant()));
        reporter.freed(invocation, false);
    }

    /// Of one that was run, or tried.
    ///
    /// @param lease is given back
    void ran(Invocation invocation, Action action, Lease lease, Execution.Done done, Fault fault) {
        Activation activation = Records.of(invocation, action, done);
        reporter.result(invocation, activation);
        trace(invocation, lease, done);
        // Before the sandbox is looked after, which can take a while: who has the result relies on the record.
        boolean isRecorded = isDone(
                invocation,
                "record",
                () -> reporter.record(
                        invocation,
                        activation.withLogs(shipped(invocation, activation, logs(lease, action, activation)))));
        var _ = isDone(invocation, "sandbox", () -> giveBack(lease, done));
        var _ = isDone(invocation, "figures", () -> metrics.ran(invocation, done, lease.kind()));
        reporter.freed(invocation, fault == Fault.INVOKER || !isRecorded);
    }

    /// What the record gets of the logs. Whatever becomes of them elsewhere, there is a record.
    private List<String> shipped(Invocation invocation, Activation activation, List<String> logs) {
        try {
            return logShipper.ship(activation, invocation.caller().namespace().uuid(), logs);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("activation", activation.id()).setCause(e).log("Logs could not be sent on");
            return logs;
        }
    }

    /// For callers who asked to have their transaction logged in full (row R-5).
    private static void trace(Invocation invocation, Lease lease, Execution.Done done) {
        if (invocation.transaction().isTraced()) {
            LOG.atInfo()
                    .addKeyValue("transaction", invocation.transaction())
                    .addKeyValue("activation", invocation.id())
                    .addKeyValue("action", invocation.action())
                    .addKeyValue("start", lease.kind())
                    .addKeyValue("status", done.response().status())
                    .addKeyValue("init", String.valueOf(done.init()))
                    .addKeyValue("run", done.run())
                    .log("An activation has ended");
        }
    }

    private static void giveBack(Lease lease, Execution.Done done) {
        if (done.keepsSandbox()) {
            lease.reusable();
        }
        lease.close();
    }

    /// Whatever is wrong with them, the record is kept: it says then that lines are missing.
    private List<String> logs(Lease lease, Action action, Activation activation) {
        ByteSize limit = action.limits().logs();
        boolean isDeveloperError = activation.response().status() == DEVELOPER_ERROR;
        try {
            CollectedLogs collected = lease.sandbox().collectLogs(activation.id());
            return LogLines.format(collected, limit, isDeveloperError, clock.instant());
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("activation", activation.id()).setCause(e).log("Logs could not be collected");
            return LogLines.format(NOTHING_COLLECTED, limit, isDeveloperError, clock.instant());
        }
    }

    private static boolean isDone(Invocation invocation, String what, Runnable step) {
        try {
            step.run();
            return true;
        } catch (RuntimeException | Error e) {
            LOG.atError()
                    .addKeyValue("transaction", invocation.transaction())
                    .addKeyValue("activation", invocation.id())
                    .addKeyValue("step", what)
                    .setCause(e)
                    .log("Something after the result failed; the result stands");
            return false;
        }
    }
}
