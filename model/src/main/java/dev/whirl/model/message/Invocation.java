package dev.whirl.model.message;

import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.json.RawJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One activation to be run: controller → invoker (row I-4).
///
/// @param action the action itself, never a binding of it
/// @param revision the stored revision of the action that was accepted; another revision means that it changed
///     meanwhile
/// @param caller who pays: the invoking identity (row R-87)
/// @param arguments an object (or an array, between steps of a sequence), with all parameters merged in
/// @param binding the package binding by which it was called, null if by none (row R-135)
/// @param initArguments names of the arguments that go to the environment at init (row R-14)
/// @param lockedArguments names of the arguments that are encrypted, and by which algorithm (row I-55)
/// @param isBlocking whether somebody waits for the result
/// @param isAccepted whether a 202 is or will be given for it, so that it is in the journal
/// @param cause the parent sequence or composition
/// @param createdAt when the controller took it: waiting time counts from here
/// @param attempt which attempt it is, null if it is not to be tried again
/// @param isComposed whether it is a sequence or composition, which its controller runs itself
public record Invocation(
        TransactionId transaction,
        ActivationId id,
        EntityId action,
        String revision,
        @Nullable EntityId binding,
        Identity caller,
        RawJson arguments,
        List<String> initArguments,
        Map<String, String> lockedArguments,
        boolean isBlocking,
        boolean isAccepted,
        @Nullable ActivationId cause,
        ControllerId replyTo,
        Instant createdAt,
        @Nullable Attempt attempt,
        boolean isComposed)
        implements Message {
    public Invocation {
        initArguments = List.copyOf(initArguments);
        lockedArguments = Map.copyOf(lockedArguments);
    }

    /// One that goes to an invoker and is not to be tried again.
    public Invocation(
            TransactionId transaction,
            ActivationId id,
            EntityId action,
            String revision,
            @Nullable EntityId binding,
            Identity caller,
            RawJson arguments,
            List<String> initArguments,
            Map<String, String> lockedArguments,
            boolean isBlocking,
            boolean isAccepted,
            @Nullable ActivationId cause,
            ControllerId replyTo,
            Instant createdAt) {
        this(
                transaction,
                id,
                action,
                revision,
                binding,
                caller,
                arguments,
                initArguments,
                lockedArguments,
                isBlocking,
                isAccepted,
                cause,
                replyTo,
                createdAt,
                null,
                false);
    }

    /// The same as an attempt of its own.
    public Invocation as(ActivationId other, Attempt which, Instant made) {
        return with(other, arguments, isAccepted, made, which, isComposed);
    }

    /// The same, for its controller to run.
    public Invocation composed() {
        return with(id, arguments, isAccepted, createdAt, attempt, true);
    }

    /// The same, once a 202 is to be given for it.
    public Invocation accepted() {
        return with(id, arguments, true, createdAt, attempt, isComposed);
    }

    /// The same, of one that is running: whoever finds it left must not start it.
    public Invocation underWay() {
        return with(id, arguments, false, createdAt, attempt, isComposed);
    }

    /// The same with an empty object for arguments, where they are not needed any more.
    public Invocation withoutArguments() {
        return withArguments(RawJson.EMPTY_OBJECT);
    }

    /// The same with other arguments.
    public Invocation withArguments(RawJson others) {
        return with(id, others, isAccepted, createdAt, attempt, isComposed);
    }

    private Invocation with(
            ActivationId newId,
            RawJson newArguments,
            boolean isNowAccepted,
            Instant made,
            @Nullable Attempt which,
            boolean isNowComposed) {
        return new Invocation(
                transaction,
                newId,
                action,
                revision,
                binding,
                caller,
                newArguments,
                initArguments,
                lockedArguments,
                isBlocking,
                isNowAccepted,
                cause,
                replyTo,
                made,
                which,
                isNowComposed);
    }
}
