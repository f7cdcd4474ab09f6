package dev.whirl.controller.directory;

import dev.whirl.controller.place.PlacementRequest;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Parameter;
import dev.whirl.model.entity.Parameters;
import dev.whirl.store.Revision;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An action with everything that each call of it needs, worked out once.
///
/// @param parameters the action's own over those of the binding and the package by which it was reached (row R-83)
/// @param initArguments names of the parameters that go to the environment at init (row R-14)
/// @param lockedArguments names of the encrypted parameters, and by which algorithm (row I-55)
/// @param isFinal whether callers may not override its parameters (row R-83)
/// @param binding the package binding by which it was reached, null if by none
public record CallableAction(
        Action action,
        Revision revision,
        Parameters parameters,
        List<String> initArguments,
        Map<String, String> lockedArguments,
        boolean isFinal,
        PlacementRequest placement,
        @Nullable EntityId binding)
        implements Known {
    private static final int OVERHEAD_BYTES = 1024;

    public CallableAction {
        initArguments = List.copyOf(initArguments);
        lockedArguments = Map.copyOf(lockedArguments);
    }

    public static CallableAction of(Action action, Revision revision) {
        return with(action.parameters(), action, revision, null);
    }

    /// The same action as it is called by way of its package, or of a binding of that.
    ///
    /// @param binding null if it was reached by the package itself
    CallableAction by(ActionPackage pkg, @Nullable ActionPackage binding) {
        Parameters inherited =
                binding == null ? pkg.parameters() : pkg.parameters().overriddenBy(binding.parameters());
        if (binding == null && inherited.isEmpty()) {
            return this;
        }
        return with(
                inherited.overriddenBy(action.parameters()), action, revision, binding == null ? null : binding.id());
    }

    @Override
    public Entity entity() {
        return action;
    }

    @Override
    public int sizeBytes() {
        return Math.toIntExact(Math.min(OVERHEAD_BYTES + action.sizeBytes(), Integer.MAX_VALUE));
    }

    private static CallableAction with(
            Parameters parameters, Action action, Revision revision, @Nullable EntityId binding) {
        return new CallableAction(
                action,
                revision,
                parameters,
                parameters.list().stream()
                        .filter(Parameter::isInit)
                        .map(Parameter::key)
                        .toList(),
                parameters.locked(),
                action.annotations()
                        .find("final")
                        .flatMap(each -> each.asBoolean())
                        .orElse(false),
                PlacementRequest.of(action),
                binding);
    }
}
