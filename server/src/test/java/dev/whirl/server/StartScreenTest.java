package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.sandbox.RuntimeReadiness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StartScreenTest {
    @Test
    @Tag("A-5")
    void tellsAddressIdentitiesDataKindsAndThreeCommands() {
        String screen = StartScreen.of(facts("http://localhost:3233", true));

        assertThat(screen)
                .contains("ready at http://localhost:3233 (900 ms)")
                .contains("guest", "23bc46b1-71f6-4ed5-8c54-816aa4f8c502:123zO3xZ")
                .contains("whisk.system", "789c46b1-71f6-4ed5-8c54-816aa4f8c502:abczO3xZ")
                .contains("/srv/whirl")
                .contains("python:3.11 ready (/usr/bin/python3)")
                .contains("swift:5.7 not here: needs docker")
                .contains("./wsk property set --apihost http://localhost:3233 --auth 23bc46b1")
                .contains("./wsk action create hello hello.js")
                .contains("./wsk action invoke hello -r")
                .doesNotContain("WARNING");
    }

    @Test
    void warnsWhenEverybodyCanReachKeysThatEverybodyKnows() {
        assertThat(StartScreen.of(facts("http://0.0.0.0:3233", false)))
                .contains("WARNING: listening on http://0.0.0.0");
    }

    @Test
    void saysHowToGetExactLimitsWhereThereAreNone() {
        assertThat(StartScreen.of(facts("http://localhost:3233", true, false, true)))
                .contains("limits      approximate", "Delegate=yes");
        assertThat(StartScreen.of(facts("http://localhost:3233", true))).doesNotContain("approximate");
    }

    @Test
    void warnsWhenNothingIsolatesFunctions() {
        assertThat(StartScreen.of(facts("http://localhost:3233", true, true, false)))
                .contains("WARNING: sandbox.process.isolation=none. Functions can read and change whatever the user");
        assertThat(StartScreen.ofInvoker("invoker0", "nodejs:20", false, Duration.ofMillis(900)))
                .contains("invoker0 is ready: nodejs:20", "WARNING: sandbox.process.isolation=none");
        assertThat(StartScreen.ofInvoker("invoker0", "nodejs:20", true, Duration.ofMillis(900)))
                .doesNotContain("WARNING");
    }

    private static StartScreen.Facts facts(String address, boolean isLoopback) {
        return facts(address, isLoopback, true, true);
    }

    private static StartScreen.Facts facts(
            String address, boolean isLoopback, boolean hasExactLimits, boolean isIsolated) {
        return new StartScreen.Facts(
                address,
                isLoopback,
                true,
                Path.of("/srv/whirl"),
                List.of(
                        new RuntimeReadiness("python:3.11", true, "/usr/bin/python3"),
                        new RuntimeReadiness("swift:5.7", false, "needs docker")),
                hasExactLimits,
                isIsolated,
                "./wsk",
                Duration.ofMillis(900));
    }
}
