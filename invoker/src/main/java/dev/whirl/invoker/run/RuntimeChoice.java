package dev.whirl.invoker.run;

/// Which runtime executes an action.
public sealed interface RuntimeChoice {
    /// @param runtime the runtime's own kind, never an alias
    /// @param image for backends that run images
    record Found(String runtime, String image) implements RuntimeChoice {}

    /// None here.
    ///
    /// @param sentence for the user: what is missing
    record Missing(String sentence) implements RuntimeChoice {}
}
