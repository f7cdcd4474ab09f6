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
