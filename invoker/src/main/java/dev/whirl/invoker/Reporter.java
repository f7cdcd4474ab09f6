package dev.whirl.invoker;

import dev.whirl.bus.Bus;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.message.ActivationResult;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Returned;
import dev.whirl.model.message.SlotFree;
import dev.whirl.model.message.Topic;
import dev.whirl.store.RecordKeeper;
import dev.whirl.store.StoreException;
import dev.whirl.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the controller and the store what came of an invocation. A controller or a store out of reach is logged and
/// does not stop the rest: nothing here throws.
final class Reporter {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    private final InvokerConfig config;
    private final Stores stores;
    private final Bus bus;
    private final RecordKeeper keeper;

    Reporter(InvokerConfig config, Stores stores, Bus bus) {
        this.config = config;
        this.stores = stores;
        this.bus = bus;
        this.keeper = new RecordKeeper(config.records(), stores.activations(), stores.journal());
    }

    /// Sends the result to whoever may wait for it. Whoever got it can read the record: readers wait for one that is on
    /// its way (design, decision 8).
    void result(Invocation invocation, Activation activation) {
        if (keeper.isWanted(invocation, activation)) {
            stores.activations().expect(activation.namespace(), activation.id());
        }
        publish(invocation, new ActivationResult(invocation.transaction(), activation));
    }

    /// Sends a result that leaves no record.
    void resultOnly(Invocation invocation, Activation activation) {
        publish(invocation, new ActivationResult(invocation.transaction(), activation));
        keeper.discard(invocation);
    }

    /// Keeps the record, if it is to be kept; later if it can't be done now.
    void record(Invocation invocation, Activation activation) {
        var _ = keeper.keep(invocation, activation);
    }

    /// Says that the place is free.
    ///
    /// @param isSystemError whether this invoker is at fault, so that others would do better (row I-14)
    void freed(Invocation invocation, boolean isSystemError) {
        publish(invocation, new SlotFree(invocation.id(), config.id(), isSystemError));
    }

    /// Only says that the place is free: the record is left to whoever reads the journal after a restart.
    void leftToJournal(Invocation invocation) {
        publish(invocation, new SlotFree(invocation.id(), config.id(), false));
    }

    /// Gives an invocation back that nobody has begun, to be sent elsewhere. If nobody can be told it stays open here:
    /// then it is ended by whoever gets the work of this invoker.
    void returned(Invocation invocation) {
        if (isPublished(invocation, new Returned(invocation.id(), config.id()))) {
            keeper.discard(invocation);
        }
    }

    /// The invoker stops: nobody waits for the store any more.
    void ending() {
        keeper.ending();
    }

    /// Tries once more to write what could not be written, and waits for what is being written: whoever takes over what
    /// this invoker leaves must find the records.
    void close() {
        keeper.close();
        try {
            stores.activations().flush();
        } catch (StoreException e) {
            LOG.atWarn().setCause(e).log("Some records could not be written; calls that were accepted get others");
        }
    }

    private void publish(Invocation invocation, Message message) {
        var _ = isPublished(invocation, message);
    }

    private boolean isPublished(Invocation invocation, Message message) {
        try {
            bus.publish(new Topic.Completed(invocation.replyTo()), message);
            return true;
        } catch (RuntimeException e) {
            // the bus, or a receiver's own fault: it must not look as if the invocation had failed
            log(invocation, e);
            return false;
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
