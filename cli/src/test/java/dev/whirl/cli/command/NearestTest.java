package dev.whirl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
    @ParameterizedTest
    @CsvSource({"a, a, 0", "hello, helo, 1", "hello, ehllo, 1", "abc, '', 3", "kitten, sitting, 3", "create, craete, 1"
    })
    void distanceCountsLettersToChange(String one, String other, int distance) {
        assertThat(Nearest.distance(one, other)).isEqualTo(distance);
        assertThat(Nearest.distance(other, one)).isEqualTo(distance);
    }

    @Test
    void theNearestComeFirstAndTheRestIsLeftOut() {
        var names = List.of("hello", "help", "world", "Hallo", "hello");

        assertThat(Nearest.names("helo", names)).containsExactly("hello", "help");
        assertThat(Nearest.names("HELLO", names)).containsExactly("hello", "Hallo");
        assertThat(Nearest.names("nothing", names)).isEmpty();
    }

    @Test
    void namesWithoutALetterInCommonAreNotNear() {
        var names = List.of("a", "B", "ab", "xy");

        assertThat(Nearest.names("x", names)).isEmpty();
        assertThat(Nearest.names("b", names)).containsExactly("B");
        assertThat(Nearest.names("xa", names)).containsExactly("xy");
        assertThat(Nearest.names("p/x", List.of("p/a", "q/x"))).containsExactly("q/x");
    }

    @Test
    void aBeginningIsEnoughIfItIsLongEnough() {
        var names = List.of("orders", "ordersArchive", "or");

        assertThat(Nearest.names("ord", names)).containsExactly("or", "orders");
        assertThat(Nearest.names("x", names)).isEmpty();
    }
}
