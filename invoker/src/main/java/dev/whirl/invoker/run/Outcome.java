package dev.whirl.invoker.run;

import dev.whirl.model.activation.ActivationResponse;

/// What a reply means.
public sealed interface Outcome {
    /// The activation is over.
    ///
    /// @param isTimeout it reached its time limit
    /// @param keepsSandbox whether another run may use the sandbox (row I-21)
    record Finished(ActivationResponse response, boolean isTimeout, boolean keepsSandbox) implements Outcome {}

    /// The init succeeded: go on.
    record Initialized() implements Outcome {}

    /// Nothing of it was executed: it can be made again elsewhere (row I-22).
    record NotStarted(String detail) implements Outcome {}

    static Outcome finished(ActivationResponse response) {
        boolean keeps = switch (response.status()) {
            case SUCCESS, APPLICATION_ERROR -> true;
            case DEVELOPER_ERROR, WHISK_ERROR -> false;
        };
        return new Finished(response, false, keeps);
    }
}
