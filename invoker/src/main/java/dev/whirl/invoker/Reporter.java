package dev.whirl.invoker;

import dev.whirl.bus.Bus;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.ActivationResult;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.SlotFree;
import dev.whirl.model.message.Topic;
import dev.whirl.store.StoreException;
import dev.whirl.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the controller and the store what came of an invocation. A controller or a store out of reach is logged and
/// does not stop the rest: nothing here throws.
final class Reporter {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
    private static final long MOST_WAITING_BYTES = 32L * 1024 * 1024;
    private static final int OVERHEAD_BYTES = 2048;

    private final InvokerConfig config;
    private final Stores stores;
    private final Bus bus;
    private final RecordKeeper keeper = new RecordKeeper(MOST_WAITING_BYTES, this::isPromised);

    Reporter(InvokerConfig config, Stores stores, Bus bus) {
        this.config = config;
        this.stores = stores;
        this.bus = bus;
    }

    /// Sends the result to whoever may wait for it. Whoever got it can read the record: readers wait for one that is on
    /// its way (design, decision 8).
    void result(Invocation invocation, Activation activation) {
        if (isWanted(invocation, activation.response().status())) {
            stores.activations().expect(activation.namespace(), activation.id());
        }
        publish(invocation, new ActivationResult(invocation.transaction(), activation));
    }

    /// Sends a result that leaves no record.
    void resultOnly(Invocation invocation, Activation activation) {
        publish(invocation, new ActivationResult(invocation.transaction(), activation));
        discard(invocation);
    }

    /// Keeps the record, if it is to be kept; later if it can't be done now.
    ///
    /// @return whether the platform is at fault: it could not keep it at once, or could not run the activation
    boolean record(Invocation invocation, Activation activation) {
        boolean isKept = isWanted(invocation, activation.response().status())
                ? keeper.keep(
                        invocation,
                        sizeBytes(activation),
                        () -> stores.activations().record(activation))
                : skip(invocation);
        return !isKept || activation.response().status() == Status.WHISK_ERROR;
    }

    private boolean skip(Invocation invocation) {
        if (config.records().logsSkipped()) {
            LOG.atInfo()
                    .addKeyValue("transaction", invocation.transaction())
                    .addKeyValue("activation", invocation.id())
                    .addKeyValue("namespace", invocation.caller().namespace().name())
                    .log("A record is not stored, as its namespace or the settings want it");
        }
        return discard(invocation);
    }

    /// Says that the place is free.
    void freed(Invocation invocation, boolean isSystemError) {
        publish(invocation, new SlotFree(invocation.id(), config.id(), isSystemError));
    }

    /// Only says that the place is free: the record is left to whoever reads the journal after a restart.
    void leftToJournal(Invocation invocation) {
        publish(invocation, new SlotFree(invocation.id(), config.id(), true));
    }

    /// The invoker stops: nobody waits for the store any more.
    void ending() {
        keeper.ending();
    }

    /// Tries once more to write what could not be written.
    void close() {
        keeper.close();
    }

    private boolean discard(Invocation invocation) {
        return keeper.keep(invocation, OVERHEAD_BYTES, () -> stores.journal().discard(invocation.id()));
    }

    /// A blocking call may have become a 202 meanwhile. Where that can't be told it counts as promised.
    private boolean isPromised(Invocation invocation) {
        try {
            return invocation.isAccepted()
                    || stores.journal().find(invocation.id()).isPresent();
        } catch (StoreException _) {
            return true;
        }
    }

    private static long sizeBytes(Activation activation) {
        long bytes = OVERHEAD_BYTES + activation.annotations().sizeBytes();
        RawJson result = activation.response().result();
        for (String line : activation.logs()) {
            bytes += 2L * line.length();
        }
        return result == null ? bytes : bytes + result.sizeBytes();
    }

    private boolean isWanted(Invocation invocation, Status status) {
        return config.records().keeps(invocation, status);
    }

    private void publish(Invocation invocation, Message message) {
        try {
            bus.publish(new Topic.Completed(invocation.replyTo()), message);
        } catch (RuntimeException e) {
            // the bus, or a receiver's own fault: it must not look as if the invocation had failed
            log(invocation, e);
        }
    }

    private static void log(Invocation invocation, RuntimeException e) {
        LOG.atWarn()
                .addKeyValue("transaction", invocation.transaction())
                .addKeyValue("activation", invocation.id())
                .setCause(e)
                .log("The controller could not be told of an outcome");
    }
}
