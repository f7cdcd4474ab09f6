package dev.whirl.store.embedded;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/// What the store logs until this is closed.
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.whirl.store");
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    static LogLines collect() {
        var lines = new LogLines();
        lines.start();
        lines.logger.setLevel(Level.INFO);
        lines.logger.setAdditive(false);
        lines.logger.addAppender(lines);
        return lines;
    }

    List<ILoggingEvent> events() {
        return events;
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(null);
        logger.setAdditive(true);
        stop();
    }
}
