package dev.whirl.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    @Test
    @Tag("R-139")
    void onlyTheNewestRecordsAreKept() {
        var options =
                ServerOptions.DEFAULT.with("records.retention-count", "10").with("records.prune-interval", "1s");
        try (var server = WhirlServer.start(options)) {
            Api guest = Api.guest(server);
            guest.create("echo", Code.NODE, Code.NODE_ECHO);
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                ids.add(guest.invoke("echo", "{}").expect(200).text("activationId"));
            }

            List<RawJson> rows = Waiting.until(
                    DEADLINE,
                    () -> guest.get(Api.OWN + "/activations?limit=200")
                            .expect(200)
                            .rows(),
                    kept -> kept.size() <= 10);

            assertThat(rows).hasSize(10);
            guest.get(Api.activation(ids.getFirst())).expect(404);
            guest.get(Api.activation(ids.getLast())).expect(200);
        }
    }
}
