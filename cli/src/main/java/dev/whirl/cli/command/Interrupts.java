package dev.whirl.cli.command;

/// Ctrl-C.
public interface Interrupts {
    Interrupts NEVER = (_, _) -> () -> {};

    /// Runs something when the user interrupts the process, and then ends it.
    ///
    /// @param exitCode of the process; of several the first that was registered counts
    /// @return ends the registration
    Registration register(int exitCode, Runnable farewell);

    /// Something that was registered until it is closed.
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
