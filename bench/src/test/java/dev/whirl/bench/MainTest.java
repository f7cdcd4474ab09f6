package dev.whirl.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
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
                "warm --sandbox docker --server-command true | name the images: --set sandbox.docker.images=nodejs:20=IMAGE",
                "warm --sandbox moon | expected one of [auto, process, docker]",
                "warm --repeat 0 --server-command true | --repeat must be",
                "warm --apihost localhost:1 --against localhost:2 | either --apihost or --against",
                "warm --cluster cluster | give --apihost or --against",
                "warm --apihost localhost:1 --server-pid 1 --cluster cluster | either --server-pid or --cluster"
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
    void aPartThatCanNotBeMeasuredTakesNothingAwayFromTheOthers() throws Exception {
        try (var platform = new StubPlatform()) {
            String url = platform.endpoint().toString();

            int code = run("fire", "cli", "--apihost", url, "--quick", "--seconds", "0.2"); // there is no wsk here

            assertThat(code).isEqualTo(1);
            assertThat(out.toString(UTF_8)).contains("fire-one-rule");
            assertThat(err.toString(UTF_8)).contains("cli could not be measured: ");
        }
    }

    @Test
    void firstCallsArePrintedAsATable() throws Exception {
        try (var platform = new StubPlatform()) {
            int code = run("cold", "start", "--apihost", platform.endpoint().toString(), "--count", "2", "--quick");

            assertThat(code).isZero();
            assertThat(out.toString(UTF_8)).contains("python-back-to-back", "start: left out");
        }
    }

    @Test
    void everythingMeasuredIsWrittenAsJsonAndDrawn(@TempDir Path folder) throws Exception {
        try (var platform = new StubPlatform()) {
            Path json = folder.resolve("result.json");
            Path chart = folder.resolve("load.svg");

            int code = run(
                    "--apihost",
                    platform.endpoint().toString(),
                    "--quick",
                    "--seconds",
                    "0.8",
                    "--repeat",
                    "1",
                    "--json",
                    json.toString(),
                    "--chart",
                    chart.toString());

            assertThat(code).isZero();
            assertThat(out.toString(UTF_8)).contains("node-echo-concurrency-64", "64 @ 250/s");
            assertThat(Files.readString(json)).contains("load/node-echo-concurrency-64@64@250/s/p50-ms");
            assertThat(Files.readString(chart))
                    .startsWith("<svg")
                    .contains("whirl p50")
                    .endsWith("</svg>\n");
        }
    }

    @Test
    void aBrokenPromiseFailsTheCheckAndIsNamed() throws Exception {
        try (var platform = new StubPlatform()) {
            platform.forget();
            platform.refuseCalls();

            int code = run(
                    "sustained", "--apihost", platform.endpoint().toString(), "--quick", "--seconds", "0.3", "--check");

            assertThat(code).isEqualTo(1);
            assertThat(err.toString(UTF_8)).contains("broken: sustained/python-first-calls@8/per-second ≥ 20 /s");
        }
    }

    @Test
    void anotherPlatformIsMeasuredInTheSameRunAndWhatNeedsOurServerIsLeftOut() throws Exception {
        try (var platform = new StubPlatform()) {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            String ours = "%s -XX:+UseSerialGC -cp %s %s"
                    .formatted(java, System.getProperty("java.class.path"), StubPlatform.class.getName());

            int code = run(
                    "fire",
                    "start",
                    "--against",
                    "http://" + platform.endpoint(),
                    "--server-command",
                    ours,
                    "--quick",
                    "--seconds",
                    "0.05",
                    "--connections",
                    "2");

            assertThat(err.toString(UTF_8)).contains("fire on " + platform.endpoint());
            assertThat(code).as(err.toString(UTF_8)).isZero();
            assertThat(out.toString(UTF_8))
                    .contains("times as good", "fire/fire-one-rule@2/per-second", "start: left out");
        }
    }

    private int run(String... arguments) throws InterruptedException {
        return Main.run(arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }
}
