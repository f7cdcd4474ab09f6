package dev.whirl.sandbox.process.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.config.ConfigReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NetworkRulesTest {
    @Test
    void anApiOnLoopbackIsFoundAtTheAddressOfTheHost() throws Exception {
        assertThat(ApiWay.to("http://localhost:3233"))
                .isEqualTo(new ApiWay("http://10.0.2.2:3233", List.of("10.0.2.2"), 3233));
        assertThat(ApiWay.to("127.0.0.1:80/base")).isEqualTo(new ApiWay("10.0.2.2:80/base", List.of("10.0.2.2"), 80));
        assertThat(ApiWay.to("https://localhost").port()).isEqualTo(443);
    }

    @Test
    void anApiElsewhereKeepsItsAddress() throws Exception {
        assertThat(ApiWay.to("https://192.0.2.7"))
                .isEqualTo(new ApiWay("https://192.0.2.7", List.of("192.0.2.7"), 443));
    }

    @Test
    void anApiThatFunctionsCannotReachIsRefused() {
        for (String address :
                new String[] {"http://[2001:db8::1]:3233", "http://a b", "http://:80", "http://x_y.invalid"}) {
            assertThatThrownBy(() -> ApiWay.to(address))
                    .as(address)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("sandbox.process.api-host");
        }
    }

    @Test
    @Tag("attack-10")
    @Tag("attack-11")
    void onlyTheApiAndTheNamesOfThisMachineAreAllowedNearby() throws Exception {
        var denied = List.of(Cidr.parse("10.1.2.3/8").orElseThrow());
        String text = NetworkRules.text(ApiWay.to("http://localhost:3233"), denied, List.of("192.0.2.2"));

        assertThat(text.lines().filter(line -> line.contains("allow")))
                .containsExactly(
                        "xfrm policy add dir out dst 10.0.2.2/32 proto tcp dport 3233 action allow priority 1",
                        "xfrm policy add dir out dst 10.0.2.3/32 proto udp dport 53 action allow priority 1",
                        "xfrm policy add dir out dst 10.0.2.3/32 proto tcp dport 53 action allow priority 1",
                        "xfrm policy add dir out dst ::1/128 action allow priority 1");
        assertThat(text)
                .contains("dst 10.0.0.0/8 action block priority 2")
                .contains("dst 10.0.2.0/24 action block")
                .contains("dst 192.0.2.2/32 action block")
                .contains("dst 169.254.0.0/16 action block")
                .contains("dst 224.0.0.0/3 action block")
                .contains("dst ::/0 action block");
    }

    @Test
    void aNetworkIsReadAndItsOtherBitsAreIgnored() {
        assertThat(Cidr.parse("172.16.3.4/12").map(Cidr::toString)).contains("172.16.0.0/12");
        assertThat(Cidr.parse("255.255.255.255").map(Cidr::toString)).contains("255.255.255.255/32");
        assertThat(Cidr.parse("1.2.3.4/0").map(Cidr::toString)).contains("0.0.0.0/0");
        for (String text : new String[] {"", "10", "10.0.0.0/33", "256.0.0.0/8", "fd00::/8", "10.0.0.0/", "x"}) {
            assertThat(Cidr.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void privateNetworksAreDeniedUnlessConfigured() {
        assertThat(read(Map.of()).denied().stream().map(Cidr::toString))
                .contains("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16");
        assertThat(read(Map.of("sandbox.process.network-deny", "")).denied()).isEmpty();
        assertThat(read(Map.of("sandbox.process.network-deny", "10.0.0.0/8")).denied())
                .hasSize(1);
        assertThatThrownBy(() -> read(Map.of("sandbox.process.network-deny", "10.0.0.0/8, my-network")))
                .hasMessageContaining("'my-network' is not an IPv4 network");
    }

    private static NetworkSettings read(Map<String, String> values) {
        var reader = new ConfigReader(List.of(new ConfigReader.Source("--set", values)), Map.of());
        NetworkSettings settings = NetworkSettings.read(reader);
        reader.finish();
        return settings;
    }
}
