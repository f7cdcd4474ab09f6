package dev.whirl.controller.api.http;

import dev.whirl.model.TransactionId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Notes each request that was answered: a meter by route and status, and a line in the log. Lines hold no
/// query, body or credentials.
final class RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);

    private final MeterRegistry meters;
    private final Map<String, Map<Integer, Timer>> timers = new ConcurrentHashMap<>();

    RequestLog(MeterRegistry meters) {
        this.meters = meters;
    }

    /// @param route from the table, so that there are few of them; `none` if nothing matched
    void note(String route, int status, long nanos, TransactionId transaction) {
        timers.computeIfAbsent(route, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(status, _ -> timer(route, status))
                .record(Duration.ofNanos(nanos));
        Level level = level(status, transaction.isTraced());
        if (LOG.isEnabledForLevel(level)) {
            LOG.atLevel(level)
                    .addKeyValue("transaction", transaction)
                    .addKeyValue("route", route)
                    .addKeyValue("status", status)
                    .addKeyValue("micros", nanos / 1000)
                    .log("answered");
        }
    }

    private static Level level(int status, boolean isTraced) {
        // 503 comes in floods: the meters count it, and whoever is out of room or order says so now and then
        boolean isPlatformFault = status >= 500 && status != 502 && status != 503;
        if (isPlatformFault) {
            return Level.WARN;
        }
        return isTraced ? Level.INFO : Level.DEBUG;
    }

    private Timer timer(String route, int status) {
        return Timer.builder("whirl_http_requests")
                .description("Requests by route and status, with the time until the answer was handed to the socket")
                .tag("route", route)
                .tag("status", Integer.toString(status))
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofNanos(100_000))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(meters);
    }
}
