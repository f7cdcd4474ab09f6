package dev.whirl.sandbox.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.CollectedLogs.Line;
import dev.whirl.sandbox.CollectedLogs.Stream;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ActivationLogTest {
    @Test
    void linesOfBothStreamsAreMergedByTimeAndStayInOrder() {
        ActivationLog log = log(1_000);
        append(log, Stream.STDOUT, 10, "a");
        append(log, Stream.STDOUT, 30, "c");
        append(log, Stream.STDERR, 20, "b");
        append(log, Stream.STDERR, 30, "d");

        CollectedLogs logs = log.toLogs(true);

        assertThat(logs.lines()).extracting(Line::text).containsExactly("a", "b", "c", "d");
        assertThat(logs.lines().getFirst().time()).isEqualTo(Instant.EPOCH.plusNanos(10_000));
        assertThat(logs.isTruncated()).isFalse();
    }

    @Test
    void aLineThatArrivedWithOneWrittenLaterIsNotLaterThanThat() {
        ActivationLog log = log(1_000);
        append(log, Stream.STDOUT, 99, "of a child, seen at 99");
        append(log, Stream.STDOUT, 30, "written at 30");
        append(log, Stream.STDERR, 40, "written at 40");

        assertThat(log.toLogs(true).lines())
                .extracting(Line::text)
                .containsExactly("of a child, seen at 99", "written at 30", "written at 40");
    }

    @Test
    @Tag("R-134")
    void beyondTheLimitNothingIsKept() {
        ActivationLog log = log(10);
        append(log, Stream.STDOUT, 1, "1234");
        append(log, Stream.STDERR, 2, "567");
        append(log, Stream.STDOUT, 3, "89012345");
        append(log, Stream.STDOUT, 4, "x");

        CollectedLogs logs = log.toLogs(true);

        assertThat(logs.isTruncated()).isTrue();
        assertThat(logs.lines()).extracting(Line::text).containsExactly("1234", "567");
    }

    @Test
    void aLineIsCutBetweenCharacters() {
        ActivationLog log = log(6);
        append(log, Stream.STDOUT, 1, "aäöü");

        assertThat(log.toLogs(true).lines()).extracting(Line::text).containsExactly("aäö");
    }

    @Test
    void aLimitOfZeroKeepsNothing() {
        ActivationLog log = log(0);
        append(log, Stream.STDOUT, 1, "text");
        append(log, Stream.STDOUT, 1, "");

        assertThat(log.toLogs(true).lines()).isEmpty();
        assertThat(log.toLogs(true).isTruncated()).isTrue();
    }

    @Test
    void invalidUtf8IsReplaced() {
        ActivationLog log = log(100);
        log.append(Stream.STDOUT, 1, new byte[] {'a', (byte) 0xff, 'b'}, 0, 3);

        assertThat(log.toLogs(true).lines()).extracting(Line::text).containsExactly("a\ufffdb");
    }

    private static ActivationLog log(long limit) {
        return new ActivationLog(ActivationId.random(), limit);
    }

    private static void append(ActivationLog log, Stream stream, long micros, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        log.append(stream, micros, bytes, 0, bytes.length);
    }
}
