package dev.whirl.server.admin;

import java.nio.file.Path;
import java.util.function.Consumer;

/// What the words of a command ask for.
sealed interface AdminTask {
    int DONE = 0;
    int FAILED = 1;
    int MISUSED = 2;

    /// Work on an open store.
    ///
    /// @param needsData whether there must be a data folder already
    record OnStore(Work work, boolean needsData) implements AdminTask {}

    /// A backup put in place of an empty data folder, which nothing may have open.
    record Restore(Path backup) implements AdminTask {}

    /// The databases of a cluster are made or upgraded.
    record Initialize() implements AdminTask {}

    /// Nothing is to be done with a store: what to print, empty for nothing, and the exit code.
    record Over(int code, String line) implements AdminTask {}

    /// Something that is done with an open store.
    interface Work {
        /// @param out takes what is printed, line by line
        /// @return the exit code
        int run(Administered place, Consumer<String> out);
    }
}
