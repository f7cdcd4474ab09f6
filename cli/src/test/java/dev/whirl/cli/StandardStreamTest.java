package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class StandardStreamTest {
    @Test
    void whatCouldNotBeWrittenIsRemembered() {
        var stream = new StandardStream(failing("No space left on device"));
        print(stream);

        assertThat(stream.failure()).contains("No space left on device");
    }

    @Test
    void aReaderThatHasEnoughIsNoFailure() {
        var stream = new StandardStream(failing("Broken pipe"));
        print(stream);

        assertThat(stream.failure()).isEmpty();
    }

    private static void print(StandardStream stream) {
        var out = new PrintStream(stream, false, StandardCharsets.UTF_8);
        out.print("text");
        out.flush();
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
    }
}
