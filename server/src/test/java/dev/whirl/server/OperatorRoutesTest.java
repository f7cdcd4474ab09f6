package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.access.AccessConfig;
import dev.whirl.controller.access.OperatorLogin;
import dev.whirl.server.gateway.Listening;
import dev.whirl.store.memory.MemoryStores;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OperatorRoutesTest {
    @Test
    void itLivesAndIsReadyOnceItLacksNothing() {
        var obstacle = new AtomicReference<Optional<String>>(Optional.of("the store does not answer"));
        var login = new OperatorLogin(AccessConfig.DEFAULT, InstantSource.system());
        try (var listening = new Listening(
                OperatorRoutes.of(obstacle::get, login, () -> "figures"),
                new MemoryStores().subjects(),
                ByteSize.mebibytes(1))) {
            expect(listening.get("/ping"), 200, "pong");
            expect(listening.get("/ready"), 503, "not ready: the store does not answer");
            expect(listening.get("/health"), 503, "{\"status\":\"the store does not answer\"}");

            obstacle.set(Optional.empty());

            expect(listening.get("/ready"), 200, "ready");
            expect(listening.get("/health"), 200, "{\"status\":\"ok\"}");
        }
    }

    private static void expect(HttpResponse<String> answer, int status, String body) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
    }
}
