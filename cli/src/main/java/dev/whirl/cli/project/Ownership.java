package dev.whirl.cli.project;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a deployment may replace and take away, at the moment at which it does so: others may have
/// been at work since it was planned.
interface Ownership {
    /// Whatever is there.
    Ownership OF_ALL = new Ownership() {
        @Override
        public void write(EntityKey key, Put put) {
            put.apply(true, null);
        }

        @Override
        public boolean mayRemove(EntityKey key) {
            return true;
        }
    };

    /// Sends an entity.
    interface Put {
        /// @param replaces whether it may replace what is there
        /// @param seen what is there and may be replaced; null for nothing, and for whatever it is
        /// @return the version that it wrote; empty if there is something else by now than was seen
        Optional<String> apply(boolean replaces, @Nullable Present seen);
    }

    /// Writes an entity.
    ///
    /// @throws dev.whirl.cli.command.CliException if what is there must not be replaced
    void write(EntityKey key, Put put);

    /// Whether an entity may be taken away. If not, that was told.
    boolean mayRemove(EntityKey key);
}
