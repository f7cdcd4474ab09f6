package dev.whirl.invoker;

import dev.whirl.bus.Bus;
import dev.whirl.bus.BusException;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationResponse.Status;
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
/// does not stop the rest.
final class Reporter {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    private final InvokerConfig config;
    private final Stores stores;
    private final Bus bus;

    Reporter(InvokerConfig config, Stores stores, Bus bus) {
        this.config = config;
        this.stores = stores;
        this.bus = bus;
    }

    /// Sends the result to whoever may wait for it. Whoever got it can read the record: readers wait for one that is on
    /// its way (design, decision 8).
    void result(Invocation invocation, Activation activation) {
        if (isWanted(invocation, activation.response().status())) {
            stores.activations().expect(activation.id());
        }
        publish(invocation, new ActivationResult(invocation.transaction(), activation));
    }

    /// Keeps the record, if it is to be kept.
    ///
    /// @return whether the platform is at fault: it could not keep it, or could not run the activation
    boolean record(Invocation invocation, Activation activation) {
        boolean isKept = keep(invocation, activation);
        return !isKept || activation.response().status() == Status.WHISK_ERROR;
    }

    /// Says that the place is free.
    void freed(Invocation invocation, boolean isSystemError) {
        publish(invocation, new SlotFree(invocation.id(), config.id(), isSystemError));
    }

    /// Only says that the place is free: the record is left to whoever reads the journal after a restart.
    void leftToJournal(Invocation invocation) {
        publish(invocation, new SlotFree(invocation.id(), config.id(), true));
    }

    private boolean keep(Invocation invocation, Activation activation) {
        try {
            if (isWanted(invocation, activation.response().status())) {
                stores.activations().record(activation);
            } else {
                stores.journal().discard(invocation.id());
            }
            return true;
        } catch (StoreException e) {
            LOG.atError()
                    .addKeyValue("transaction", invocation.transaction())
                    .addKeyValue("activation", invocation.id())
                    .setCause(e)
                    .log("A record could not be kept");
            return false;
        }
    }

    /// Rows.
    private boolean isWanted(Invocation invocation, Status status) {
        if (invocation.transaction().isTraced()) {
            return true;
        }
        Boolean storesAny = invocation.caller().limits().storeActivations();
        if (storesAny != null && !storesAny) {
            return false;
        }
        return (invocation.isBlocking() ? config.blocking() : config.nonBlocking()).keeps(status);
    }

    private void publish(Invocation invocation, Message message) {
        try {
            bus.publish(new Topic.Completed(invocation.replyTo()), message);
        } catch (BusException e) {
            LOG.atWarn()
                    .addKeyValue("transaction", invocation.transaction())
                    .addKeyValue("activation", invocation.id())
                    .setCause(e)
                    .log("The controller could not be told of an outcome");
        }
    }
}
