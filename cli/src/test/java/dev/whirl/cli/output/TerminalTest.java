package dev.whirl.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class TerminalTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void textOfAServerCannotLookLikeALineOfThisCommand() {
        terminal(true).line("name\nok: deleted everything");

        assertThat(written()).isEqualTo("name\\u000aok: deleted everything\n");
    }

    @Test
    void aMessageIsOneLineEvenInAPipe() {
        terminal(false).error("first\n  ok: second");
        terminal(false).line("a\nb");

        assertThat(written()).isEqualTo("error: first ok: second\na\nb\n");
    }

    private Terminal terminal(boolean isTerminal) {
        return new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), isTerminal, false);
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
