package dev.whirl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyAddressTest {
    private static final ApiAddress SERVER = ApiAddress.parse("https://api.whirl.example:8443", "v1");

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, https://whirl.example, http://proxy:3128",
        "https_proxy, https://whirl.example, http://proxy:3128",
        "HTTP_PROXY, http://whirl.example, http://proxy:3128",
        "ALL_PROXY, http://whirl.example, http://proxy:3128",
        "HTTP_PROXY, https://whirl.example, ",
        "HTTPS_PROXY, http://whirl.example, ",
        "HTTP_PROXY, http://localhost:3233, ",
        "HTTP_PROXY, http://127.0.0.1:3233, ",
        "HTTP_PROXY, 'http://[::1]:3233', "
    })
    void theEnvironmentSaysWhichServersAreReachedByWhichProxy(String variable, String server, String proxy) {
        var found = ProxyAddress.of(Map.of(variable, "proxy:3128"), ApiAddress.parse(server, "v1"));

        assertThat(found.map(ProxyAddress::toString).orElse(null)).isEqualTo(proxy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "whirl.example",
                ".whirl.example",
                "*.whirl.example",
                "a.b, API.whirl.example",
                "whirl.example:8443"
            })
    void someServersAreReachedWithoutIt(String exceptions) {
        assertThat(found(exceptions)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.com", "hirl.example", "whirl.example:443", "my-api.whirl.example"})
    void othersAreNot(String exceptions) {
        assertThat(found(exceptions)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, http://10.200.3.4, true",
        "10.0.0.0/8, http://11.0.0.1, false",
        "'a.b, 192.168.128.0/17', http://192.168.200.1:8080, true",
        "192.168.128.0/17, http://192.168.100.1, false",
        "192.168.1.7/32, http://192.168.1.7, true",
        "0.0.0.0/0, http://192.0.2.1, true",
        "fd00::/8, 'http://[fd12::1]:3233', true",
        "fd00::/8, http://10.0.0.1, false",
        "10.0.0.0/8, http://ten.example, false",
        "10.0.0.0/40, http://10.0.0.1, false",
        "10.0.0.0/x, http://10.0.0.1, false",
        "some/where, http://10.0.0.1, false"
    })
    void serversInSomeRangesAreReachedWithoutIt(String exceptions, String server, boolean isDirect) {
        var environment = Map.of("HTTP_PROXY", "proxy:3128", "NO_PROXY", exceptions);

        assertThat(ProxyAddress.of(environment, ApiAddress.parse(server, "v1")).isEmpty())
                .isEqualTo(isDirect);
    }

    @Test
    void aPasswordIsSentAndNeverShown() {
        var proxy = ProxyAddress.of(Map.of("HTTPS_PROXY", "http://me:p%40ss@proxy"), SERVER)
                .orElseThrow();

        assertThat(proxy.authorization()).contains("Basic bWU6cEBzcw==");
        assertThat(proxy).hasToString("http://proxy:80");
    }

    @Test
    void whatIsNoProxyIsToldWithoutItsPassword() {
        assertThatThrownBy(() -> ProxyAddress.of(Map.of("HTTPS_PROXY", "socks5://me:secret@proxy"), SERVER))
                .hasMessage("HTTPS_PROXY names a proxy of socks5://, and only http:// is understood");
        assertThatThrownBy(() -> ProxyAddress.of(Map.of("ALL_PROXY", "http://me:secret@pro xy"), SERVER))
                .hasMessageStartingWith("ALL_PROXY is no address: ")
                .hasMessageNotContaining("secret");
    }

    private static boolean found(String exceptions) {
        return ProxyAddress.of(Map.of("https_proxy", "proxy:3128", "no_proxy", exceptions), SERVER)
                .isPresent();
    }
}
