package dev.whirl.e2e.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.RoleProcess;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.store.couchdb.CouchDesign;
import dev.whirl.store.couchdb.CouchServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedsRoleTest {
    private static final String PREFIX = "feeds_role_";

    @Test
    @SuppressWarnings("try") // it is closed early, to see what follows
    void aProviderTellsWhetherItLivesAndWhetherItIsOfUse() throws Exception {
        try (var database = CouchServer.start()) {
            CouchDesign.init(database.config(PREFIX), new SimpleMeterRegistry(), CouchDesign.Replace.NEEDED);
            try (var provider = RoleProcess.start("feeds", settings(database))) {
                assertThat(provider.caller().get("/ping").expect(200).body()).isEqualTo("pong");
                provider.caller().get("/health").expect(200);
                provider.caller().get("/metrics").expect(401);
                assertThat(provider.caller()
                                .with(Api.basic("op:secret"))
                                .get("/metrics")
                                .expect(200)
                                .body())
                        .contains("whirl_feeds ");

                database.close();

                assertThat(Waiting.until(
                                        Duration.ofSeconds(30),
                                        () -> provider.caller().get("/ready"),
                                        each -> each.status() == 503)
                                .body())
                        .isEqualTo("not ready: the store does not answer");
                provider.caller().get("/ping").expect(200);
            }
        }
    }

    private static Map<String, String> settings(CouchServer database) {
        var access = database.config(PREFIX).access();
        return Map.of(
                "feeds.api-host",
                SharedServer.get().address().toString(),
                "feeds.refresh",
                "100ms",
                "controller.user",
                "op",
                "controller.pass",
                "secret",
                "store.couchdb.url",
                access.url().toString(),
                "store.couchdb.user",
                access.user(),
                "store.couchdb.password",
                access.password(),
                "store.couchdb.prefix",
                PREFIX);
    }
}
