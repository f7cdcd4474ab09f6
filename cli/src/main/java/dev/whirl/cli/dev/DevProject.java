package dev.whirl.cli.dev;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.LiveProject;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A folder under development: what of it is deployed, and what changed since. For one thread.
final class DevProject implements AutoCloseable {
    /// Editors save a file by moving the old one away, and tools write several one after the other: what is missing
    /// may be there again in a moment. So long it is waited for.
    private static final Duration LASTING = Duration.ofSeconds(1);

    /// Nothing is waited for but the next change.
    private static final Duration LONG = Duration.ofDays(1);

    private final Session session;
    private final LiveProject project;
    private @Nullable CliException failure;
    private long unsettledSinceNanos;
    private boolean isSettled = true;

    DevProject(Session session, Path folder) {
        this.session = session;
        this.project = new LiveProject(session, folder);
    }

    /// Deploys what is not deployed as it is now. What fails, or is gone, may be so for a moment only: [#settle] ends
    /// that.
    void deployChanges() throws InterruptedException {
        long start = System.nanoTime();
        try {
            failure = null;
            project.deployChanges(each -> tell(each, start));
        } catch (CliException e) {
            failure = e;
        }
        boolean isOver = failure == null && !project.hasLost();
        if (isSettled && !isOver) {
            unsettledSinceNanos = System.nanoTime();
        }
        isSettled = isOver;
        flush();
    }

    /// How long to wait for a change before [#settle] is due.
    Duration patience() {
        Duration left = LASTING.minusNanos(System.nanoTime() - unsettledSinceNanos);
        return isSettled ? LONG : left.isNegative() ? Duration.ZERO : left;
    }

    /// Whether what is missing has been so for long enough.
    boolean isSettleDue() {
        return !isSettled && patience().isZero();
    }

    /// Removes what is still gone, and tells what still fails; the next change may mend that.
    void settle() {
        long start = System.nanoTime();
        isSettled = true;
        try {
            if (failure != null) {
                throw failure;
            }
            project.removeLost(each -> tell(each, start));
        } catch (CliException e) {
            session.err().error(String.valueOf(e.getMessage()));
            e.hints().forEach(session.err()::line);
        }
        flush();
    }

    private void tell(String what, long startNanos) {
        session.out().ok("%s (%d ms)".formatted(what, (System.nanoTime() - startNanos) / 1_000_000));
    }

    private void flush() {
        session.out().stream().flush();
        session.err().stream().flush();
    }

    @Override
    public void close() {
        project.close();
    }
}
