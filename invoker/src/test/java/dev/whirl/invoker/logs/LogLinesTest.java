package dev.whirl.invoker.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.CollectedLogs.Line;
import dev.whirl.sandbox.CollectedLogs.Stream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-134")
class LogLinesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final ByteSize LIMIT = ByteSize.mebibytes(10);

    @Test
    void aLineHasItsTimePaddedToThirtyItsStreamAndItsText() {
        CollectedLogs logs = logs(
                new Line(Instant.parse("2026-01-02T03:04:05.678901234Z"), Stream.STDOUT, "hello"),
                new Line(Instant.parse("2026-01-02T03:04:05.67Z"), Stream.STDERR, "wörld"),
                new Line(Instant.parse("2026-01-02T03:04:05Z"), Stream.STDOUT, ""));

        assertThat(LogLines.format(logs, LIMIT, false, NOW))
                .containsExactly(
                        "2026-01-02T03:04:05.678901234Z stdout: hello",
                        "2026-01-02T03:04:05.670Z       stderr: wörld",
                        "2026-01-02T03:04:05Z           stdout: ");
    }

    @Test
    void noLogsAtAllWhereTheLimitIsZero() {
        var logs = new CollectedLogs(List.of(line("hello")), true, false);

        assertThat(LogLines.format(logs, ByteSize.ZERO, true, NOW)).isEmpty();
    }

    @Test
    void whatIsOverTheLimitIsCutOffAndALineOnStderrSaysSo() {
        CollectedLogs logs = logs(line("1234567"), line("abcdef"), line("never seen"));

        assertThat(LogLines.format(logs, ByteSize.bytes(10), false, NOW))
                .containsExactly(
                        "2026-01-02T03:04:05.678Z       stdout: 1234567",
                        "2026-01-02T03:04:05.678Z       stdout: ab",
                        "2026-01-02T03:04:05.678Z       stderr: Logs were truncated because the total bytes size"
                                + " exceeds the limit of 10 bytes.");
    }

    @Test
    void aCutDoesNotSplitACharacter() {
        assertThat(LogLines.format(logs(line("aéé")), ByteSize.bytes(4), false, NOW))
                .first()
                .isEqualTo("2026-01-02T03:04:05.678Z       stdout: aé");
    }

    @Test
    void outputOfExactlyTheLimitIsComplete() {
        assertThat(LogLines.format(logs(line("1234"), line("56789")), ByteSize.bytes(10), false, NOW))
                .hasSize(2);
    }

    @Test
    void theSentencesComeInThisOrderOnStderr() {
        var logs = new CollectedLogs(List.of(line("hello")), true, false);

        assertThat(LogLines.format(logs, LIMIT, true, NOW))
                .containsExactly(
                        "2026-01-02T03:04:05.678Z       stdout: hello",
                        "2026-01-02T03:04:05.678Z       stderr: Logs were truncated because the total bytes size"
                                + " exceeds the limit of 10485760 bytes.",
                        "2026-01-02T03:04:05.678Z       stderr: There was an issue while collecting your logs."
                                + " Data might be missing.",
                        "2026-01-02T03:04:05.678Z       stderr: The action did not initialize or run as expected."
                                + " Log data might be missing.");
    }

    private static CollectedLogs logs(Line... lines) {
        return new CollectedLogs(List.of(lines), false, true);
    }

    private static Line line(String text) {
        return new Line(NOW, Stream.STDOUT, text);
    }
}
