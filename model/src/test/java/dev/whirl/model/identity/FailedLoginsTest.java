package dev.whirl.model.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.time.ManualClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack-32")
class FailedLoginsTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:30Z"));
    private final FailedLogins failures = new FailedLogins(3, Duration.ZERO, clock);

    @Test
    void tooManyFailuresOfAnAddressInAMinuteAreTold() throws UnknownHostException {
        InetAddress address = InetAddress.getByName("192.0.2.1");
        for (int i = 0; i < 3; i++) {
            assertThat(failures.isTooMany(address)).isFalse();
        }

        assertThat(failures.isTooMany(address)).isTrue();
        assertThat(failures.isTooMany(InetAddress.getByName("192.0.2.2"))).isFalse();
        clock.advance(Duration.ofSeconds(30));
        assertThat(failures.isTooMany(address)).isFalse();
    }

    @Test
    void aNetworkOfIpv6CountsAsOneAddress() throws UnknownHostException {
        for (int i = 0; i < 3; i++) {
            assertThat(failures.isTooMany(InetAddress.getByName("2001:db8::" + i)))
                    .isFalse();
        }

        assertThat(failures.isTooMany(InetAddress.getByName("2001:db8::ffff"))).isTrue();
        assertThat(failures.isTooMany(InetAddress.getByName("2001:db8:0:1::1"))).isFalse();
    }

    @Test
    void thoseLongestUnseenAreForgottenFirst() throws UnknownHostException {
        InetAddress guessing = InetAddress.getByName("192.0.2.1");
        for (int i = 0; i < 4; i++) {
            failures.isTooMany(guessing);
        }

        for (int i = 0; i < 20_000; i++) {
            failures.isTooMany(InetAddress.getByAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i}));
            if (i % 5_000 == 0) {
                assertThat(failures.isTooMany(guessing)).isTrue();
            }
        }

        assertThat(failures.isTooMany(guessing)).isTrue();
    }
}
