package dev.whirl.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnBridgesTest {
    @ParameterizedTest
    @CsvSource({
        "172.18.0.2, 172.18.0.1, 16, true",
        "172.19.0.2, 172.18.0.1, 16, false",
        "10.1.2.130, 10.1.2.129, 25, true",
        "10.1.2.127, 10.1.2.129, 25, false",
        "fd00::2, fd00::1, 64, true",
        "fd00::2, 172.18.0.1, 0, false"
    })
    void whatBeginsWithTheSameBitsIsBehindTheSameBridge(String address, String bridge, int bits, boolean isBehind) {
        assertThat(OwnBridges.isWithin(InetAddress.ofLiteral(address), InetAddress.ofLiteral(bridge), bits))
                .isEqualTo(isBehind);
    }

    @Test
    void anAddressOfTheOutsideIsBehindNone() {
        assertThat(OwnBridges.leadTo(InetAddress.ofLiteral("192.0.2.1"))).isFalse();
    }
}
