package dev.whirl.invoker.pool;

/// Whether a sandbox serves more than one activation.
public enum Reuse {
    /// Those of the same action for the same namespace, unless the action wants a sandbox of its own for each.
    SAME_ACTION,
    /// Never.
    NEVER
}
