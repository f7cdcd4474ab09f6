package dev.whirl.common.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({"0,0", "512,512", "64k,65536", "256 MB,268435456", "2GiB,2147483648", "1 m,1048576", "3 B,3"})
    void sizesAreReadInPowersOf1024(String text, long bytes) {
        assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"1 B,1", "1 KB,1024", "256 MB,268435456", "2 GB,2147483648", "1025 B,1025"})
    void sizesAreWrittenInTheLargestUnitThatDividesThem(String text, long bytes) {
        assertThat(ByteSize.bytes(bytes)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"100ms,100", "30s,30000", "5m,300000", "12h,43200000", "7d,604800000", "0ms,0"})
    void durationsAreReadAndWritten(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
        assertThat(Durations.format(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Test
    void nonsenseIsRefusedWithAnExample() {
        assertThatThrownBy(() -> ByteSize.parse("many")).hasMessage("'many' is not a size such as 256 MB");
        assertThatThrownBy(() -> Durations.parse("-1s")).hasMessageContaining("is not a duration such as");
        assertThatThrownBy(() -> ByteSize.bytes(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatWouldOverflowLaterIsRefusedWhenItIsRead() {
        assertThatThrownBy(() -> ByteSize.parse("99999999999 GB"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than can be counted");
        assertThatThrownBy(() -> Durations.parse("1000000d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer than a hundred years");
        assertThat(System.nanoTime() + Durations.parse("36525d").toNanos()).isPositive();
    }
}
