package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ApiErrorException;
import dev.whirl.model.ApiException;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Version;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes something that others may write at the same moment. The API knows no writes on condition:
/// what is there is looked at right before, and again each time that somebody else was faster.
record GuardedWrite(Session session, EntityKey key) {
    /// Of several who write the same thing at the same moment, one gets ahead each time.
    private static final int MOST_TRIES = 5;

    /// Whether to write.
    interface Condition {
        /// @param present what is there; null for nothing
        boolean allows(@Nullable Present present);
    }

    /// @param mayBeThere false if it was not there before: then it is only created, which the server
    /// refuses where somebody was faster
    /// @return whether it was written
    /// @throws CliException if it could not be
    boolean run(boolean mayBeThere, Condition condition, Ownership.Put put) {
        boolean isLookedAt = mayBeThere;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Present present = isLookedAt ? Present.look(session, key).orElse(null) : null;
            if (!condition.allows(present)) {
                return false;
            }
            Optional<String> written = written(present, put);
            if (written.isPresent()) {
                tellLost(present, written.get());
                return true;
            }
            isLookedAt = true;
        }
        throw CliException.ofStatus(
                409, "Unable to write %s: others changed it at the same moment each time".formatted(key));
    }

    /// Empty if somebody else was faster.
    private static Optional<String> written(@Nullable Present present, Ownership.Put put) {
        try {
            return put.apply(present != null, present);
        } catch (CliException e) {
            if (wasOvertaken(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Whether a write failed because somebody else was faster.
    static boolean wasOvertaken(CliException failure) {
        return failure.getCause() instanceof ApiErrorException refusal
                && (refusal.sentence().equals(Messages.EXISTS)
                        || refusal.sentence().equals(Messages.CONCURRENT_CHANGE));
    }

    private void tellLost(@Nullable Present present, String written) {
        if (present != null && !isNext(present.version(), written)) {
            session.err()
                    .warning("%s was changed by somebody else at the same moment: that change is lost".formatted(key));
        }
    }

    /// Whether nobody wrote between two versions; true where a server counts in another way.
    private static boolean isNext(String earlier, String later) {
        try {
            return Version.parse(earlier).nextPatch().equals(Version.parse(later));
        } catch (ApiException _) {
            return true;
        }
    }
}
