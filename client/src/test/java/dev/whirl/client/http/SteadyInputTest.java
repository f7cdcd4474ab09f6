package dev.whirl.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.client.SlowAnswerException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SteadyInputTest {
    @Test
    void anAnswerThatNeverEndsBecauseItComesByteByByteIsGivenUp() {
        var steady = new SteadyInput(dripping(Duration.ofMillis(5)), Duration.ofMillis(100), System::nanoTime);

        assertThatThrownBy(steady::readAllBytes)
                .isInstanceOf(SlowAnswerException.class)
                .hasMessage("the answer comes too slowly");
    }

    @Test
    void whatComesQuicklyPassesAsItIs() throws IOException {
        byte[] much = new byte[100_000];
        var steady = new SteadyInput(new ByteArrayInputStream(much), Duration.ofSeconds(5), System::nanoTime);

        assertThat(steady.read()).isZero();
        assertThat(steady.readAllBytes()).hasSize(much.length - 1);
        assertThat(steady.read()).isEqualTo(-1);
    }

    private static InputStream dripping(Duration pause) {
        return new InputStream() {
            @Override
            public int read() {
                LockSupport.parkNanos(pause.toNanos());
                return 'x';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                target[offset] = (byte) read();
                return 1;
            }
        };
    }
}
