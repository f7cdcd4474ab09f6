package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MainTest {
    @Test
    void coloursAreForTerminalsOfThoseWhoHaveNothingAgainstThem() {
        assertThat(areColoured(Map.of(), "out,err")).isTrue();
        assertThat(areColoured(Map.of("NO_COLOR", ""), "out")).isTrue();
        assertThat(areColoured(Map.of("NO_COLOR", "1"), "out,err")).isFalse();
        assertThat(areColoured(Map.of(), "err")).isFalse();
    }

    private static boolean areColoured(Map<String, String> environment, String terminals) {
        return Main.surroundings(environment, terminals, new ByteArrayOutputStream())
                .out()
                .isColoured();
    }
}
