package dev.whirl.invoker;

/// Whose fault it is that an activation could not be run. Only what others would do better counts against this
/// invoker's health (row I-14): nobody must be able to make one look sick by calling actions that can't run anywhere,
/// or by filling it up, and a store that is out of reach is so for all.
enum Fault {
    /// It could not start a sandbox, or use one it had started.
    INVOKER,
    /// The action's, the caller's, the store's, or nobody's.
    OTHER
}
