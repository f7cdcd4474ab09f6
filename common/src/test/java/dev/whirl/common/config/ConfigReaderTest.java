package dev.whirl.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.units.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
    enum Colour {
        DARK_RED,
        BLUE
    }

    @Test
    void commandLineWinsOverEnvironmentAndThatOverTheFile() {
        var reader = new ConfigReader(
                List.of(
                        new ConfigReader.Source("whirl.conf", Map.of("a.b-c", "1", "a.d", "1", "a.e", "1")),
                        new ConfigReader.Source("--set", Map.of("a.b-c", "3"))),
                Map.of("WHIRL_A_B_C", "2", "WHIRL_A_D", "2", "OTHER", "x"));

        assertThat(reader.number("a.b-c", 0, 0, 9, "")).isEqualTo(3);
        assertThat(reader.number("a.d", 0, 0, 9, "")).isEqualTo(2);
        assertThat(reader.number("a.e", 0, 0, 9, "")).isEqualTo(1);
        assertThat(reader.number("a.f", 7, 0, 9, "")).isEqualTo(7);
        reader.finish();
    }

    @Test
    void readsEveryType() {
        var values = Map.of("d", "5m", "s", "256 MB", "f", "no", "t", "x y", "c", "dark-red");
        var reader = new ConfigReader(List.of(new ConfigReader.Source("file", values)), Map.of());

        assertThat(reader.duration("d", Duration.ZERO, "")).isEqualTo(Duration.ofMinutes(5));
        assertThat(reader.size("s", ByteSize.ZERO, "")).isEqualTo(ByteSize.mebibytes(256));
        assertThat(reader.flag("f", true, "")).isFalse();
        assertThat(reader.text("t", "", "")).isEqualTo("x y");
        assertThat(reader.choice("c", Colour.BLUE, "")).isEqualTo(Colour.DARK_RED);
        reader.finish();
    }

    @Test
    void allProblemsAreReportedTogether() {
        var values = Map.of("n", "12", "d", "5 weeks", "c", "green", "typo", "1");
        var reader = new ConfigReader(List.of(new ConfigReader.Source("whirl.conf", values)), Map.of());
        reader.number("n", 1, 0, 9, "");
        reader.duration("d", Duration.ZERO, "");
        reader.choice("c", Colour.BLUE, "");

        assertThatThrownBy(reader::finish)
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "n = 12 (whirl.conf): 12 is not from 0 to 9",
                                        "d = 5 weeks (whirl.conf): '5 weeks' is not a duration such as 100ms, 30s, 5m, 12h or 7d",
                                        "c = green (whirl.conf): 'green' is none of dark-red, blue",
                                        "unknown key 'typo' (whirl.conf)"));
    }
}
