package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.whirl.server.admin.LogLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RecentLogTest {
    private final LoggerContext context = new LoggerContext();
    private final RecentLog log = new RecentLog();

    @BeforeEach
    void start() {
        log.setContext(context);
        log.setPattern("%level %replace(%msg){'[\\r\\n]+', ' | '}%n");
        log.start();
    }

    @Test
    @Tag("A-7")
    @Tag("attack-39")
    void itKeepsLinesAsTheyAreLoggedWithTheComponentThatSaidThem() {
        say("dev.whirl.controller.invoke.Recovery", "one\nforged");
        say("io.helidon.Something", "two");

        assertThat(log.lines())
                .containsExactly(new LogLine("controller", "WARN one | forged"), new LogLine("", "WARN two"));
    }

    @Test
    void itKeepsABoundedNumberOfTheNewestLines() {
        for (int i = 0; i <= RecentLog.MOST_LINES; i++) {
            say("dev.whirl.store.Committer", "line " + i);
        }
        assertThat(log.lines()).hasSize(RecentLog.MOST_LINES);
        assertThat(log.lines().getFirst().text()).isEqualTo("WARN line 1");

        say("dev.whirl.store.Committer", "x".repeat(RecentLog.MOST_CHARACTERS));

        assertThat(log.lines()).hasSize(1);
    }

    private void say(String logger, String message) {
        log.doAppend(new LoggingEvent(
                RecentLogTest.class.getName(), context.getLogger(logger), Level.WARN, message, null, null));
    }
}
