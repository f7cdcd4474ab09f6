package dev.whirl.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gets lists past documents that can't be read: they are left out, counted, and named in the log, at most once a
/// minute.
public final class Unreadable {
    private static final Logger LOG = LoggerFactory.getLogger(Unreadable.class);

    private final LogPace pace = new LogPace();
    private final Counter leftOut;

    public Unreadable(MeterRegistry metrics) {
        this.leftOut = Counter.builder("whirl.store.documents.unreadable")
                .description("Times that a list left out a document that can't be read")
                .register(metrics);
    }

    /// What can be read, in the same order.
    public <S, T> List<T> readable(List<S> stored, Function<S, T> reader) {
        var readable = new ArrayList<T>(stored.size());
        var damaged = new ArrayList<StoreException.Corrupted>(0);
        for (S each : stored) {
            try {
                readable.add(reader.apply(each));
            } catch (StoreException.Corrupted e) {
                damaged.add(e);
            }
        }
        if (!damaged.isEmpty()) {
            report(damaged);
        }
        return readable;
    }

    private void report(List<StoreException.Corrupted> damaged) {
        leftOut.increment(damaged.size());
        pace.log(heldBack -> LOG.atWarn()
                .addKeyValue("documents", damaged.size())
                .addKeyValue("first", damaged.getFirst().document())
                .addKeyValue("reason", damaged.getFirst().getMessage())
                .addKeyValue("listsSince", heldBack)
                .log("A list leaves out documents that can't be read"));
    }
}
