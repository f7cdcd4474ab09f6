package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.entities.EntityPaths;
import dev.whirl.controller.directory.Resolver;
import dev.whirl.model.ActivationMessages;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.identity.Identity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a sequence must be when it is stored (row R-69). It may become something else later, when its components
/// change: who runs it is prepared for that.
final class SequenceRules {
    private final Resolver resolver;
    private final int limit;

    /// @param limit most actions, those of sequences inside of it counted instead of the sequences
    SequenceRules(Resolver resolver, int limit) {
        this.resolver = resolver;
        this.limit = limit;
    }

    /// The sequence as it is to be stored: with the caller's own namespace for `_`.
    ///
    /// @param id of the sequence itself
    /// @throws ApiException 400; 403 if the caller may not read a component
    Exec.Sequence checked(Identity caller, EntityId id, List<EntityId> components) {
        if (components.isEmpty()) {
            throw refused(ActivationMessages.SEQUENCE_EMPTY);
        }
        if (components.size() > limit) {
            throw refused(ActivationMessages.SEQUENCE_TOO_LONG);
        }
        List<EntityId> resolved = components.stream()
                .map(each -> EntityPaths.resolve(each, caller.namespace().name()))
                .toList();
        var around = new LinkedHashSet<EntityId>();
        around.add(id);
        count(caller, resolved, around);
        return new Exec.Sequence(resolved);
    }

    /// @param around the sequences that these components are in
    /// @return how many actions it comes to
    private int count(Identity caller, List<EntityId> components, Set<EntityId> around) {
        int count = 0;
        for (EntityId each : components) {
            Action action = component(caller, each, around);
            if (!around.add(action.id())) {
                throw refused(ActivationMessages.SEQUENCE_CYCLIC);
            }
            if (around.size() > limit + 1) {
                throw refused(ActivationMessages.SEQUENCE_TOO_LONG); // so deep that it counts, whatever it comes to
            }
            count += action.exec() instanceof Exec.Sequence(var inner) ? count(caller, inner, around) : 1;
            around.remove(action.id());
            if (count > limit) {
                throw refused(ActivationMessages.SEQUENCE_TOO_LONG);
            }
        }
        return count;
    }

    /// The sequence itself may be named before it exists.
    private Action component(Identity caller, EntityId id, Set<EntityId> around) {
        if (around.contains(id)) {
            throw refused(ActivationMessages.SEQUENCE_CYCLIC);
        }
        try {
            return resolver.action(caller, id).action();
        } catch (ApiException e) {
            throw e.code() == ErrorCode.NOT_FOUND ? refused(ActivationMessages.SEQUENCE_COMPONENT_MISSING) : e;
        }
    }

    private static ApiException refused(String sentence) {
        return new ApiException(ErrorCode.BAD_REQUEST, sentence);
    }
}
