package dev.whirl.cli.command;

/// Ctrl-C.
public interface Interrupts {
    Interrupts NEVER = _ -> () -> {};

    /// Runs something when the user interrupts the process, and then ends it with exit code 1.
    ///
    /// @return ends the registration
    Registration register(Runnable farewell);

    /// Something that was registered until it is closed.
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
