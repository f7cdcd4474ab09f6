package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.config.ConfigException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {
    private static final Map<String, String> IN_A_CONTAINER =
            Map.of("WHIRL_HTTP_HOST", "0.0.0.0", "WHIRL_INVOKER_HTTP_HOST", "0.0.0.0");

    @ParameterizedTest
    @CsvSource({
        "'',3233",
        "up,3233",
        "up --port 80,80",
        "--port 80,80",
        "controller --set http.port=81,81",
        "invoker,3234",
        "gateway,8080",
        "feeds,8081"
    })
    void eachPartIsAskedWhereItListens(String words, int port) {
        List<String> told = words.isEmpty() ? List.of() : List.of(words.split(" "));

        assertThat(Health.of(told, IN_A_CONTAINER)).isEqualTo(new Health("", port));
    }

    @Test
    void whatThePartWasToldStandsBehindItsProgram() throws Exception {
        assertThat(Health.words(List.of(
                        "java",
                        "-Dwhirl.home=/opt/whirl",
                        "-jar",
                        "/opt/whirl/lib/whirl-server-1.jar",
                        "--data",
                        "/srv/bin/whirl")))
                .containsExactly("--data", "/srv/bin/whirl");
        assertThat(Health.words(List.of("/sbin/docker-init", "--", "/opt/whirl/bin/whirl", "controller")))
                .containsExactly("controller");
        assertThatThrownBy(() -> Health.words(List.of("sh"))).hasMessageContaining("no part of Whirl: sh");
    }

    @Test
    void whatThePartWouldNotUnderstandThisDoesNotEither() {
        assertThatThrownBy(() -> Health.of(List.of("controller", "--port", "1"), Map.of()))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    void whoAnswersLivesAndWhoIsNotThereDoesNot() throws Exception {
        int port;
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = listener.getLocalPort();
            Thread.ofVirtual().start(() -> answer(listener));

            assertThat(new Health("", port).lives()).isTrue();
        }
        assertThat(new Health("", port).lives()).isFalse();
        assertThat(new Health("", port)).hasToString("localhost:" + port);
    }

    private static void answer(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            socket.getOutputStream().write('H');
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
