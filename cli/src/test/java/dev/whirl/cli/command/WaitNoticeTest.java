package dev.whirl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.cli.output.Terminal;
import dev.whirl.client.ClientConfig;
import dev.whirl.client.http.HttpCall;
import dev.whirl.client.http.HttpReply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class WaitNoticeTest {
    private static final String TEXT =
            "\r\u001b[KWaiting for http://localhost:3233 to answer, for up to 80 s (--answer-timeout changes that, Ctrl-C ends it)\n";
    private static final HttpCall CALL = HttpCall.withoutBody("GET", "/", "/", new LinkedHashMap<>());
    private static final HttpReply REPLY = new HttpReply(200, new LinkedHashMap<>(), new byte[0]);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void aSilentServerIsToldOfOnce() {
        WaitNotice notice = notice(Duration.ofMillis(20));

        notice.sending(CALL);
        Awaitility.await().until(() -> !written().isEmpty());
        notice.failed(CALL);
        notice.sending(CALL);

        assertThat(written()).isEqualTo(TEXT);
        assertThat(notice.isWatching()).isFalse();
    }

    @Test
    void nothingIsToldOfAServerThatAnswers() {
        WaitNotice notice = notice(Duration.ofHours(1));

        notice.sending(CALL);
        assertThat(notice.isWatching()).isTrue();
        notice.received(REPLY);

        Awaitility.await().until(() -> !notice.isWatching());
        assertThat(written()).isEmpty();
    }

    @Test
    void aServerThatHasBegunToAnswerIsNotSilent() {
        WaitNotice notice = notice(Duration.ofHours(1));

        notice.sending(CALL);
        notice.answering(CALL);

        Awaitility.await().until(() -> !notice.isWatching());
        assertThat(written()).isEmpty();
    }

    private WaitNotice notice(Duration patience) {
        var terminal = new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), true, false);
        return new WaitNotice(terminal, ClientConfig.of("http://localhost:3233", null), patience);
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
