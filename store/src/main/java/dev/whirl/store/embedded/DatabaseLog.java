package dev.whirl.store.embedded;

import dev.whirl.store.LogPace;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Passes on what RocksDB has to complain about.
final class DatabaseLog extends Logger {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(DatabaseLog.class);

    private final LogPace full = new LogPace();

    DatabaseLog() {
        super(InfoLogLevel.WARN_LEVEL);
    }

    @Override
    protected void log(InfoLogLevel level, String message) {
        if (message.contains("dropping")) {
            LOG.atWarn().addKeyValue("database", message.strip()).log("The damaged end of a write log is left out");
        } else if (message.contains("No space left")) {
            full.log(_ -> LOG.atWarn().addKeyValue("database", message.strip()).log("The database has no space"));
        } else {
            LOG.atLevel(levelOf(level)).addKeyValue("database", message.strip()).log("The database reports");
        }
    }

    private static Level levelOf(InfoLogLevel level) {
        return switch (level) {
            case DEBUG_LEVEL, INFO_LEVEL, HEADER_LEVEL, NUM_INFO_LOG_LEVELS -> Level.DEBUG;
            case WARN_LEVEL -> Level.INFO;
            case ERROR_LEVEL, FATAL_LEVEL -> Level.WARN;
        };
    }
}
