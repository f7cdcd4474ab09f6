package dev.whirl.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:3233", "127.0.0.1", "127.8.9.1:80", "[::1]:3233", "http://localhost:1"})
    void loopbackAddressesAreTaken(String text) {
        assertThat(Endpoint.parse(text).address().getAddress().isLoopbackAddress())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "10.0.0.1:3233",
                "0.0.0.0:80",
                "localhost.example.com",
                "http://8.8.8.8/",
                "[::]:1"
            })
    void everyOtherMachineIsRefusedWithoutLookingUpItsName(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text)).hasMessageContaining("is not a loopback address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://localhost", "localhost:99999", "", "http://", "a b"})
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"whirl-router", "whirl-controller.functions.svc", "whirl-router.functions.svc.cluster.local"})
    void inAPodServicesOfItsClusterAreTakenToo(String host) {
        assertThat(Endpoint.isAllowed(host, true)).isTrue();
        assertThatThrownBy(() -> Endpoint.isAllowed(host, false)).hasMessageContaining("is not a loopback address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "10.0.0.1", "a.svc", "a.b.svc.example.com", "a.b.svc.cluster.local.com"})
    void nothingElseIsTakenInAPod(String host) {
        assertThat(isRefusedInAPod(host)).isTrue();
    }

    private static boolean isRefusedInAPod(String host) {
        try {
            return !Endpoint.isAllowed(host, true);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    @Test
    void thePortIsThatOfThePlatformUnlessGiven() {
        assertThat(Endpoint.parse("localhost").port()).isEqualTo(3233);
        assertThat(Endpoint.parse("localhost:8080").port()).isEqualTo(8080);
    }
}
