package dev.whirl.e2e.wsk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.ServerCommand;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.WhirlServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plays `whirl demo`.
class DemoTest {
    @TempDir
    private Path folder;

    /// What a run said, in its order, and its exit code.
    private record Told(int code, String text) {}

    @Test
    void theStoryIsToldToItsEndAndLeavesNothingBehind() throws Exception {
        try (WhirlServer server = WhirlServer.start(ServerOptions.DEFAULT)) {
            Told told = demo("--apihost", server.address().toString(), "--auth", Api.GUEST_KEY);

            assertThat(told.code()).as(told.text()).isZero();
            assertThat(told.text())
                    .contains("\"greeting\": \"Hello, Ada!\"", "\"greeting\": \"HELLO, ADA!\"")
                    .contains(
                            "ok: triggered",
                            "ok: created trigger whirl-demo-tick",
                            "ok: disabled rule whirl-demo-every")
                    .contains("Hello, Linus!", "Hello, Margaret!")
                    .contains("somebody greets Margaret")
                    .contains("That was it.")
                    .doesNotContain(Api.GUEST_KEY);
            Api guest = Api.guest(server);
            for (String kind : List.of("packages", "triggers", "rules", "actions")) {
                assertThat(guest.get(Api.OWN + "/" + kind).body()).as(kind).isEqualTo("[]");
            }
        }
    }

    @Test
    void withoutAServerItSaysHowToStartOne() throws Exception {
        Told told = demo("--apihost", "http://127.0.0.1:1", "--auth", "a:b");

        assertThat(told.code()).isEqualTo(1);
        assertThat(told.text()).contains("127.0.0.1:1", "Start one with 'whirl up'");
    }

    @Test
    void anUnknownOptionIsWrongUsage() throws Exception {
        Told told = demo("--fast");

        assertThat(told.code()).isEqualTo(2);
        assertThat(told.text()).isEqualTo("whirl demo: there is no option '--fast'. See: whirl demo --help\n");
    }

    private Told demo(String... options) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(
                "/bin/sh", ServerCommand.distribution().resolve("bin/whirl").toString(), "demo"));
        words.addAll(List.of(options));
        Path said = Files.createTempFile(folder, "demo-", ".txt");
        var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends in time").isTrue();
        return new Told(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
    }
}
