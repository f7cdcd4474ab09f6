package dev.whirl.controller.invoke.compose;

import dev.whirl.controller.directory.CallableAction;
import dev.whirl.model.ActivationMessages;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A sequence under way: its components one after the other, the result of each the payload of the next
/// (row R-180). Used by one thread at a time.
final class SequenceLevel implements Level {
    /// Atomic actions called by a sequence and the sequences inside of it.
    static final class Count {
        private int atomic;
    }

    private final Trail trail;
    private final List<Component> components;
    private final Count count;
    private final int limit;
    private int index;
    private @Nullable ActivationResponse last;
    private Map<String, String> locked;
    private boolean isCutShort;

    /// @param payload an object or an array
    /// @param locked names of what is encrypted in the payload, and by which algorithm
    /// @param limit most atomic actions
    SequenceLevel(
            Trail trail,
            List<Component> components,
            RawJson payload,
            Map<String, String> locked,
            Count count,
            int limit) {
        this.locked = locked;
        this.trail = trail;
        this.components = List.copyOf(components);
        this.count = count;
        this.limit = limit;
        this.last = ActivationResponse.success(payload);
    }

    @Override
    public Trail trail() {
        return trail;
    }

    Count count() {
        return count;
    }

    @Override
    public Next next() {
        ActivationResponse before = last();
        if (isCutShort || index == components.size()) {
            return new Next.End(before);
        }
        if (count.atomic >= limit) {
            return new Next.End(ActivationResponse.failure(Status.APPLICATION_ERROR, tooLong()));
        }
        return switch (components.get(index++)) {
            case Component.Missing(String sentence) ->
                new Next.End(ActivationResponse.failure(Status.APPLICATION_ERROR, sentence));
            case Component.Callable(CallableAction action) -> call(action, before.result());
        };
    }

    private Next call(CallableAction action, @Nullable RawJson payload) {
        if (!Compositions.isSequence(action.action())) {
            count.atomic++;
        }
        last = null; // the call has it
        Map<String, String> ofPayload = locked;
        locked = Map.of();
        return new Next.Call(action, payload == null ? RawJson.EMPTY_OBJECT : payload, ofPayload, false, after(action));
    }

    /// Another action, to be called as it is; one that is called twice in a row is ready anyway.
    private @Nullable CallableAction after(CallableAction current) {
        return index < components.size()
                        && components.get(index) instanceof Component.Callable(CallableAction following)
                        && !Compositions.isComposite(following.action())
                        && !following.action().id().equals(current.action().id())
                ? following
                : null;
    }

    @Override
    public void ended(ActivationResponse response) {
        last = response;
        RawJson result = response.result();
        isCutShort = !response.isSuccess() || (result != null && result.hasField("error"));
    }

    @Override
    public long heldBytes() {
        RawJson result = last == null ? null : last.result();
        return result == null ? 0 : result.sizeBytes();
    }

    @Override
    public String tooLong() {
        return ActivationMessages.SEQUENCE_TOO_LONG;
    }

    @Override
    public String unanswered(ActivationId id) {
        return ActivationMessages.sequenceStepUnanswered(id.value());
    }

    @Override
    public String failed() {
        return ActivationMessages.SEQUENCE_FAILED;
    }

    private ActivationResponse last() {
        if (last == null) {
            throw new IllegalStateException("a call is under way");
        }
        return last;
    }
}
