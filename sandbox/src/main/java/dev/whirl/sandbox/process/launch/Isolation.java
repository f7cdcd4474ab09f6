package dev.whirl.sandbox.process.launch;

/// What stands between the code of a function and this machine.
public enum Isolation {
    /// Namespaces, a file system of its own, a system call filter.
    BUBBLEWRAP,
    /// Nothing: the code can read and do what its user can. For people who run only their own code.
    NONE
}
