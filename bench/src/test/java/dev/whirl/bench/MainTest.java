package dev.whirl.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void helpShowsExamples() throws Exception {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(UTF_8)).contains("Examples:", "whirl bench warm");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lukewarm | no scenario",
                "warm --apihost example.com | is not a loopback address",
                "warm --server-command= | no server to measure",
                "warm --apihost localhost:1 --connections 0 | connections must be",
                "--quick | SCENARIO"
            })
    void wrongUsageIsOneClearLine(String arguments, String sentence) throws Exception {
        assertThat(run(arguments.strip().split(" "))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains(sentence).hasLineCount(1);
    }

    @Test
    void aPlatformThatIsNotThereIsOneClearLine() throws Exception {
        assertThat(run("cold", "--apihost", "127.0.0.1:1")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).hasLineCount(1);
    }

    @Test
    void firstCallsArePrintedAsATable() throws Exception {
        try (var platform = new StubPlatform()) {
            int code = run("cold", "start", "--apihost", platform.endpoint().toString(), "--count", "2", "--quick");

            assertThat(code).isZero();
            assertThat(out.toString(UTF_8)).contains("python-back-to-back", "start: left out");
        }
    }

    private int run(String... arguments) throws InterruptedException {
        return Main.run(arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }
}
