package dev.whirl.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Sets up logging in code, found by Logback as a service: no XML to parse at start. Lines go to stderr, as
/// `time level logger key=value … message`, and the last ones are kept for [RecentLog].
public final class LogSetup extends ContextAwareBase implements Configurator {
    /// The system property that [Main] sets from `--log-level`.
    static final String LEVEL_PROPERTY = "whirl.log-level";

    /// Line ends inside a message would forge log lines (attack 39).
    static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %kvp %replace(%msg){'[\\r\\n]+', ' | '}%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();

        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();

        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        root.addAppender(recent(context));
        context.getLogger("dev.whirl").setLevel(Level.toLevel(System.getProperty(LEVEL_PROPERTY), Level.INFO));
        // What it says of a port that is taken, the server says in one line.
        context.getLogger("io.helidon.webserver.LoomServer").setLevel(Level.OFF);
        bridgeJavaLogging();
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static RecentLog recent(LoggerContext context) {
        RecentLog recent = RecentLog.ofThisProcess();
        recent.setContext(context);
        recent.setPattern(PATTERN);
        recent.start();
        return recent;
    }

    /// The HTTP server logs through java.util.logging: only its warnings are of interest, in the same form as ours.
    private static void bridgeJavaLogging() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
    }
}
