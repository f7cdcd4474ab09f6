package dev.whirl.cli.dev;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.LiveProject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder under development: what of it is deployed, and what changed since. For one thread.
final class DevProject implements AutoCloseable {
    /// Editors save a file by moving the old one away, and tools write several one after the other: what is missing
    /// may be there again in a moment. So long it is waited for.
    private static final Duration LASTING = Duration.ofSeconds(1);

    /// A server that is restarted, or has too much to do, is asked again after so long.
    private static final Duration RETRY = Duration.ofSeconds(2);

    /// Nothing is waited for but the next change.
    private static final Duration LONG = Duration.ofDays(1);

    private final Session session;
    private final InstantSource clock;
    private final LiveProject project;

    /// What is gone, and since when.
    private final Map<String, Instant> missing = new HashMap<>();

    private @Nullable CliException failure;

    /// Null if that was told already.
    private @Nullable Instant failingSince;

    private Instant triedAt = Instant.EPOCH;

    /// Of the failure that was told last, if it may pass: that is told once, however often it is
    /// tried again.
    private int toldExitCode = ExitCodes.OK;

    DevProject(Session session, Path folder) {
        this.session = session;
        this.clock = session.surroundings().place().clock();
        this.project = new LiveProject(session, folder);
    }

    /// The first deployment, whose failure is told at once.
    void start() throws InterruptedException {
        deployChanges();
        tellFailure();
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
        Instant now = clock.instant();
        triedAt = now;
        if (failure == null) {
            failingSince = null;
            toldExitCode = ExitCodes.OK;
        } else if (failingSince == null && !isToldAlready(failure)) {
            failingSince = now;
        }
        Set<String> lost = project.lost();
        missing.keySet().retainAll(lost);
        lost.forEach(each -> missing.putIfAbsent(each, now));
        flush();
    }

    /// The files and folders that the project consists of, wherever they lie.
    Set<Path> named() {
        return project.named();
    }

    /// How long to wait for a change before [#settle] is due.
    Duration patience() {
        Instant now = clock.instant();
        Stream<Instant> pending = failure == null ? missing.values().stream() : Stream.ofNullable(failingSince);
        return Stream.concat(pending.map(since -> left(LASTING, since, now)), untilRetry(now))
                .min(Duration::compareTo)
                .orElse(LONG);
    }

    private Stream<Duration> untilRetry(Instant now) {
        return failure != null && failure.mayPass() ? Stream.of(left(RETRY, triedAt, now)) : Stream.empty();
    }

    /// Zero for a time that a clock put back never reached.
    private static Duration left(Duration whole, Instant since, Instant now) {
        Duration left = whole.minus(Duration.between(since, now));
        return left.isNegative() || left.compareTo(whole) > 0 ? Duration.ZERO : left;
    }

    /// Whether something has been missing, or has failed, for long enough.
    boolean isSettleDue() {
        return patience().isZero();
    }

    /// Tells what still fails, and tries again what may pass; anything else the next change may
    /// mend. Where nothing fails, it looks at the folder once more, and removes what is gone, and
    /// was so all the time.
    void settle() throws InterruptedException {
        if (failure != null) {
            tellFailure();
            if (untilRetry(clock.instant()).noneMatch(Duration::isZero)) {
                return;
            }
        }
        deployChanges();
        if (failure == null) {
            removeMissing();
        }
    }

    private void removeMissing() {
        long start = System.nanoTime();
        Instant now = clock.instant();
        Set<String> due = missing.entrySet().stream()
                .filter(each -> left(LASTING, each.getValue(), now).isZero())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        try {
            project.removeLost(due, each -> tell(each, start));
            missing.keySet().removeAll(due);
        } catch (CliException e) {
            missing.clear(); // until the next change
            failure = e.mayPass() ? e : null;
            triedAt = now;
            tellOnce(e);
        }
        flush();
    }

    private void tellFailure() {
        if (failure != null && failingSince != null) {
            tellOnce(failure);
            failingSince = null;
            flush();
        }
    }

    private void tellOnce(CliException e) {
        if (!isToldAlready(e)) {
            e.tell(session.err());
            toldExitCode = e.exitCode();
        }
    }

    private boolean isToldAlready(CliException e) {
        return e.mayPass() && toldExitCode == e.exitCode();
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
