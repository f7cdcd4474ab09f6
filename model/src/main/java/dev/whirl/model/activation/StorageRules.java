package dev.whirl.model.activation;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.message.Invocation;

/// Which activations leave a record (rows, I-50). A caller who asked for extra logging gets all of his;
/// a namespace that wants none gets none; for the rest the levels count.
///
/// @param blocking for calls with a waiting caller
/// @param nonBlocking for all others, triggers too
/// @param logsSkipped whether a line in the log stands for each record that is not kept
public record StorageRules(StorageLevel blocking, StorageLevel nonBlocking, boolean logsSkipped) {
    public static final StorageRules ALL = new StorageRules(StorageLevel.ALWAYS, StorageLevel.ALWAYS, false);

    /// Reads `records.*`.
    public static StorageRules read(ConfigReader reader) {
        return new StorageRules(
                reader.choice("records.store-blocking", StorageLevel.ALWAYS, "Which blocking calls leave a record."),
                reader.choice(
                        "records.store-non-blocking",
                        StorageLevel.ALWAYS,
                        "Which activations without a waiting caller leave a record."),
                reader.flag("records.log-skipped", false, "Whether a line is logged for each record not stored."));
    }

    public boolean keeps(Invocation invocation, Status status) {
        return keeps(invocation.transaction(), invocation.caller(), invocation.isBlocking(), status);
    }

    public boolean keeps(TransactionId transaction, Identity caller, boolean isBlocking, Status status) {
        if (transaction.isTraced()) {
            return true;
        }
        return wantsAny(caller) && (isBlocking ? blocking : nonBlocking).keeps(status);
    }

    /// Whether a record can be there at all, so that looking for one makes sense.
    public static boolean mayKeep(Invocation invocation) {
        return invocation.transaction().isTraced() || wantsAny(invocation.caller());
    }

    private static boolean wantsAny(Identity caller) {
        Boolean stores = caller.limits().storeActivations();
        return stores == null || stores;
    }
}
