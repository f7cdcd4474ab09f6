package dev.whirl.store.couchdb;

import dev.whirl.store.LogPace;
import dev.whirl.store.StoreException;
import dev.whirl.store.couchdb.Call.Repeat;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes requests, and makes those again that failed and may be repeated, after pauses that grow. What took its whole
/// time is made again once at most.
final class CouchClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CouchClient.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2000;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Transport transport;
    private final String server;
    private final int retries;
    private final long timeoutNanos;
    private final LogPace pace = new LogPace();
    private final Timer requests;
    private final Counter repeated;
    private final Counter failed;

    /// A write may have been carried out or not. Its caller looks, or says that it can't tell.
    static final class OutcomeUnknownException extends Exception {
        private static final long serialVersionUID = 1;

        OutcomeUnknownException(String message) {
            super(message, null, false, false);
        }
    }

    CouchClient(CouchStoreConfig config, MeterRegistry metrics) {
        this.transport = new Transport(config.access(), config.pace());
        this.server = config.access().url().getAuthority();
        this.retries = config.pace().retries();
        this.timeoutNanos = config.pace().timeout().toNanos();
        this.requests = Timer.builder("whirl.store.couchdb.requests")
                .description("Requests to CouchDB, each attempt for itself")
                .register(metrics);
        this.repeated = Counter.builder("whirl.store.couchdb.repeated")
                .description("Requests to CouchDB that were made again")
                .register(metrics);
        this.failed = Counter.builder("whirl.store.couchdb.failed")
                .description("Requests to CouchDB that failed in the end")
                .register(metrics);
    }

    /// How often something may be tried again that was not carried out.
    int retries() {
        return retries;
    }

    /// For what may be repeated.
    ///
    /// @throws StoreException.Unavailable if there is no answer, a lasting error, or wrong credentials
    Reply send(Call call) {
        if (call.repeat() != Repeat.HARMLESS) {
            throw new IllegalStateException(call.name() + " may not be repeated");
        }
        try {
            return attempts(call);
        } catch (OutcomeUnknownException e) {
            throw new IllegalStateException("what is harmless has a known outcome", e);
        }
    }

    /// For a write that is made once.
    ///
    /// @throws OutcomeUnknownException if it may have been carried out
    /// @throws StoreException.Unavailable if it was certainly not
    Reply sendOnce(Call call) throws OutcomeUnknownException {
        return attempts(call);
    }

    @Override
    public void close() {
        transport.close();
    }

    private Reply attempts(Call call) throws OutcomeUnknownException {
        long begin = System.nanoTime();
        for (int attempt = 0; ; attempt++) {
            String reason;
            boolean isUnsent = false;
            long start = System.nanoTime();
            try {
                Reply reply = transport.send(call);
                if (!reply.isTransient()) {
                    return checked(reply);
                }
                reason = "%s at %s: CouchDB answered %s".formatted(call.name(), server, reply.reason());
            } catch (Transport.Failure e) {
                reason = String.valueOf(e.getMessage());
                isUnsent = e.isUnsent();
            } finally {
                requests.record(System.nanoTime() - start, java.util.concurrent.TimeUnit.NANOSECONDS);
            }
            if (call.repeat() == Repeat.UNKNOWN && !isUnsent) {
                throw new OutcomeUnknownException(reason);
            }
            boolean isTimeUp = System.nanoTime() - begin > call.patience() * timeoutNanos;
            if (attempt >= retries || isTimeUp || !pause(attempt)) {
                throw unavailable(reason);
            }
            repeated.increment();
        }
    }

    /// Waits before an attempt is repeated.
    ///
    /// @return whether it may be: not if the thread is to stop
    boolean pause(int attempt) {
        long most = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt, 10));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    StoreException.Unavailable unavailable(String reason) {
        failed.increment();
        pace.log(heldBack -> LOG.atWarn()
                .addKeyValue("reason", reason)
                .addKeyValue("since", heldBack)
                .log("CouchDB does not do what it is asked"));
        return new StoreException.Unavailable(reason);
    }

    private Reply checked(Reply reply) {
        if (reply.status() == UNAUTHORIZED || reply.status() == FORBIDDEN) {
            throw unavailable("CouchDB at %s lets this user not in (%s): see store.couchdb.user and .password"
                    .formatted(server, reply.reason()));
        }
        return reply;
    }

    /// What an answer means that nobody expects here.
    StoreException.Unavailable unexpected(Call call, Reply reply) {
        return unavailable("%s at %s: CouchDB answered %s".formatted(call.name(), server, reply.reason()));
    }
}
