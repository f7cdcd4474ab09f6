package dev.whirl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.cli.output.Terminal;
import dev.whirl.client.AnswerTooLargeException;
import dev.whirl.client.ApiAddress;
import dev.whirl.client.ConnectionException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class CliExceptionTest {
    @Test
    void whoGetsTooMuchIsToldToAskForLess() {
        var failure = new ConnectionException(
                ApiAddress.parse("http://localhost:3233", "v1"), new AnswerTooLargeException(256 * 1024 * 1024));
        var bytes = new ByteArrayOutputStream();

        CliException.failed("Unable to list", failure, new CallAdvice("http://localhost:3233", true))
                .tell(new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, false));

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("error: Unable to list: cannot talk to http://localhost:3233: the answer is too large: more"
                        + " than 256 MB. A command keeps an answer in memory. Ask for less at a time: --limit makes"
                        + " lists shorter.\n");
    }
}
