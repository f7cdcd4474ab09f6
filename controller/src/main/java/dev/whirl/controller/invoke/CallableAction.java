package dev.whirl.controller.invoke;

import dev.whirl.controller.place.PlacementRequest;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.Parameter;
import dev.whirl.store.Revision;
import java.util.List;

/// An action with everything that each call of it needs, worked out once.
///
/// @param initArguments names of the parameters that go to the environment at init (row R-14)
/// @param isFinal whether callers may not override its parameters (row R-83)
public record CallableAction(
        Action action, Revision revision, List<String> initArguments, boolean isFinal, PlacementRequest placement) {
    public CallableAction {
        initArguments = List.copyOf(initArguments);
    }

    private static final int OVERHEAD_BYTES = 1024;

    /// About how much memory it takes.
    int sizeBytes() {
        long bytes = OVERHEAD_BYTES
                + action.parameters().sizeBytes()
                + action.annotations().sizeBytes();
        return Math.toIntExact(Math.min(bytes, Integer.MAX_VALUE));
    }

    static CallableAction of(Action action, Revision revision) {
        return new CallableAction(
                action,
                revision,
                action.parameters().list().stream()
                        .filter(Parameter::isInit)
                        .map(Parameter::key)
                        .toList(),
                action.annotations()
                        .find("final")
                        .flatMap(each -> each.asBoolean())
                        .orElse(false),
                PlacementRequest.of(action));
    }
}
