package dev.whirl.controller;

import static dev.whirl.controller.RawRequests.assertEnvelope;
import static dev.whirl.controller.RawRequests.post;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// What the grammar of HTTP allows is taken, and nothing else (RFC 9112).
class GrammarTest {
    private static final String CALL = "actions/echo?blocking=true&result=true";
    private static final String NEXT = "GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final TestPlatform platform = TestPlatform.start();

    @BeforeAll
    static void prepare() {
        platform.asGuest().putNodeAction("echo");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @ParameterizedTest
    @Tag("attack-40")
    @ValueSource(
            strings = {
                "7;a=b\r\n{\"a\":1}\r\n0\r\n\r\n",
                "7 ; a=\"b c\";d\r\n{\"a\":1}\r\n0;last\r\n\r\n",
                "0007\r\n{\"a\":1}\r\n000\r\n\r\n",
                "4\r\n{\"a\"\r\n3\r\n:1}\r\n0\r\nX-Sum: 1\r\nX-Other:\r\n\r\n"
            })
    void extensionsOfChunksAndTrailersAreTakenAndIgnored(String chunks) throws Exception {
        String answers = exchange(post(CALL, "Transfer-Encoding: chunked\r\n") + chunks + NEXT);

        assertThat(answers).startsWith("HTTP/1.1 200 ").contains("{\"a\":1}").endsWith("pong");
    }

    @ParameterizedTest
    @Tag("attack-40")
    @Tag("R-6")
    @ValueSource(
            strings = {
                "7;a\nb\r\n{\"a\":1}\r\n0\r\n\r\n",
                "7\n{\"a\":1}\n0\n\n",
                "0x7\r\n{\"a\":1}\r\n0\r\n\r\n",
                " 7\r\n{\"a\":1}\r\n0\r\n\r\n",
                "-7\r\n{\"a\":1}\r\n0\r\n\r\n",
                "zz\r\n{\"a\":1}\r\n0\r\n\r\n",
                "\r\n{\"a\":1}\r\n0\r\n\r\n",
                "ffffffffffffffffff\r\n{\"a\":1}\r\n0\r\n\r\n",
                "7\r\n{\"a\":1}XX0\r\n\r\n",
                "7\r\n{\"a\":1}\r\n0\r\nno header\r\n\r\n"
            })
    void brokenChunksAreAnsweredInTheEnvelope(String chunks) throws Exception {
        String answers = exchange(post(CALL, "Transfer-Encoding: chunked\r\n") + chunks + NEXT);

        assertThat(answers).startsWith("HTTP/1.1 400 ").doesNotContain("pong");
        assertEnvelope(answers);
    }

    @Test
    @Tag("attack-40")
    void trailersAndExtensionsAreBounded() throws Exception {
        String trailers = "0\r\n" + "X-Much: trailer\r\n".repeat(2_000) + "\r\n";
        String extension = "7;" + "x".repeat(20_000) + "\r\n{\"a\":1}\r\n0\r\n\r\n";

        for (String each : List.of(trailers, extension)) {
            assertThat(exchange(post(CALL, "Transfer-Encoding: chunked\r\n") + each))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @ParameterizedTest
    @Tag("attack-40")
    @ValueSource(strings = {"F{O", "get", "Get", "G\u0000T", "\u00e9", "(GET)"})
    void whatIsNoMethodIsRefusedWithoutATrace(String method) throws Exception {
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(logged);
        try {
            String answer = exchange(method + " /ping HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 400 ");
            assertEnvelope(answer);
            assertThat(logged.list).noneMatch(each -> each.getThrowableProxy() != null);
        } finally {
            root.detachAppender(logged);
        }
    }

    @Test
    @Tag("attack-40")
    void theSecondRequestOfAConnectionIsLookedAtToo() throws Exception {
        String answers = exchange("GET /ping HTTP/1.1\r\nHost: x\r\n\r\nget /ping HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answers).contains("HTTP/1.1 400 ").containsOnlyOnce("pong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://x/ping", "HTTP://other:8080/ping", "https://x/ping?a=b"})
    void wholeAddressesAreTaken(String target) throws Exception {
        String answer = exchange("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("pong");
    }

    @Test
    @Tag("W-13")
    void theHostOfAWholeAddressCountsAndNotTheHeader() throws Exception {
        String web =
                exchange("GET http://guest.apihost.test/none/none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        String plain = exchange("GET http://x/ping HTTP/1.1\r\nHost: guest.apihost.test\r\nConnection: close\r\n\r\n");

        assertThat(web).startsWith("HTTP/1.1 404 ").doesNotContainIgnoringCase("access-control-allow-methods");
        assertThat(plain).endsWith("pong");
    }

    private static String exchange(String request) throws Exception {
        return RawRequests.exchange(platform.port(), request);
    }
}
