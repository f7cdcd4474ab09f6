package dev.whirl.controller.invoke.compose;

import dev.whirl.controller.directory.CallableAction;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.json.RawJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a level wants to happen next.
sealed interface Next {
    /// @param locked names of what is encrypted in the payload, and by which algorithm (row I-55)
    /// @param isConductor whether the action is called as the conductor that it is, not for the composition
    /// @param after what is called after it if all goes well, as far as that is known
    record Call(
            CallableAction action,
            RawJson payload,
            Map<String, String> locked,
            boolean isConductor,
            @Nullable CallableAction after)
            implements Next {
        boolean isStep() {
            return isConductor || !Compositions.isComposite(action.action());
        }
    }

    record End(ActivationResponse response) implements Next {}
}
