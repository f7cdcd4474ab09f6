package dev.whirl.server;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.whirl.server.admin.LogLine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last lines of this process's log, for operators who ask the running server for them (row A-7). Memory is
/// bounded. The logging framework lets in one thread at a time; its lock, this object, guards all fields.
final class RecentLog extends AppenderBase<ILoggingEvent> {
    static final int MOST_LINES = 10_000;
    static final int MOST_CHARACTERS = 2 * 1024 * 1024;

    private static final RecentLog OF_THIS_PROCESS = new RecentLog();
    private static final String PREFIX = "dev.whirl.";

    private final Deque<LogLine> lines = new ArrayDeque<>();
    private final PatternLayout layout = new PatternLayout();
    private int characters;

    /// Logging is set up before anything is made, and by nobody who could hand it on: so there is one.
    static RecentLog ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    void setPattern(String pattern) {
        layout.setPattern(pattern);
    }

    @Override
    public void start() {
        layout.setContext(getContext());
        layout.start();
        super.start();
    }

    /// Oldest first.
    synchronized List<LogLine> lines() {
        return List.copyOf(lines);
    }

    @Override
    protected synchronized void append(ILoggingEvent event) {
        var line = new LogLine(
                component(event.getLoggerName()), layout.doLayout(event).stripTrailing());
        lines.addLast(line);
        characters += line.text().length();
        while (lines.size() > MOST_LINES || (characters > MOST_CHARACTERS && lines.size() > 1)) {
            characters -= lines.removeFirst().text().length();
        }
    }

    /// `controller` for what the controller says, and so on.
    private static String component(String logger) {
        if (!logger.startsWith(PREFIX)) {
            return "";
        }
        int end = logger.indexOf('.', PREFIX.length());
        return end < 0 ? "" : logger.substring(PREFIX.length(), end);
    }
}
