package dev.whirl.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One connection under load: takes the next due call, makes it, tallies it. A connection that breaks is opened again;
/// one that cannot be opened is tried again after a pause, each try taking a due call with it.
///
/// [#stop] may be called from another thread. It sets `stopped` before it looks for a caller, and a new caller is set
/// before `stopped` is looked at, so that one of the two closes it.
final class Worker implements Runnable {
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private final Caller.Source source;
    private final Pace pace;
    private final int expectedStatus;
    private final Tally tally = new Tally();
    private volatile @Nullable Caller caller;
    private volatile boolean stopped;

    Worker(Caller.Source source, Pace pace, int expectedStatus) {
        this.source = source;
        this.pace = pace;
        this.expectedStatus = expectedStatus;
    }

    Tally tally() {
        return tally;
    }

    @Override
    public void run() {
        TimerSlack.smallest();
        long due = pace.next();
        while (due != Pace.DONE && !stopped) {
            callOnce(due);
            due = pace.next();
        }
        drop();
    }

    /// Ends the worker even in the middle of a call, which then counts as unanswered.
    void stop() {
        stopped = true;
        drop();
    }

    private void callOnce(long due) {
        try {
            int status = opened().call();
            if (status == expectedStatus) {
                tally.succeeded(System.nanoTime() - due);
            } else {
                tally.failed(status);
            }
        } catch (IOException broken) {
            tally.error(stopped ? "unanswered" : nameOf(broken), 1);
            drop();
        }
    }

    private Caller opened() throws IOException {
        Caller known = caller;
        return known == null ? open() : known;
    }

    private Caller open() throws IOException {
        try {
            Caller fresh = source.open();
            caller = fresh;
            if (stopped) {
                throw new ClosedChannelException();
            }
            return fresh;
        } catch (IOException refused) {
            LockSupport.parkNanos(PAUSE_NANOS);
            throw refused;
        }
    }

    private void drop() {
        Caller known = caller;
        caller = null;
        if (known == null) {
            return;
        }
        try {
            known.close();
        } catch (IOException _) {
            // it is gone either way
        }
    }

    private static String nameOf(IOException broken) {
        return switch (broken) {
            case ConnectException _ -> "refused";
            case SocketTimeoutException _ -> "timeout";
            case EOFException _, ClosedChannelException _ -> "closed";
            case ProtocolException _ -> "malformed";
            case IOException _ -> "broken";
        };
    }
}
