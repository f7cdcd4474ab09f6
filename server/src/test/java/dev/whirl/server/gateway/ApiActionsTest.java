package dev.whirl.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.bus.memory.MemoryBus;
import dev.whirl.controller.access.Gate;
import dev.whirl.controller.access.InFlight;
import dev.whirl.controller.api.http.HttpConfig;
import dev.whirl.controller.events.EventsConfig;
import dev.whirl.controller.events.UserEvents;
import dev.whirl.gateway.document.ApiReader;
import dev.whirl.gateway.document.TargetRules;
import dev.whirl.gateway.manage.ApiManagement;
import dev.whirl.gateway.manage.Apis;
import dev.whirl.gateway.store.file.FileApiStore;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiActionsTest {
    private static final String GET_API = "/api/v1/web/whisk.system/apimgmt/getApi.http";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T00:00:30Z"));

    @TempDir
    private Path folder;

    @Test
    @Tag("G-6")
    @Tag("R-153")
    void callsCountAsInvocationsOfTheirCaller() {
        var stores = new MemoryStores();
        subject(stores, "alice");
        subject(stores, "bobby");
        var gate = new Gate(
                SystemLimits.OPENWHISK,
                CLOCK,
                new InFlight(),
                new UserEvents(EventsConfig.OFF, "controller0", new MemoryBus(), new SimpleMeterRegistry(), CLOCK));
        try (var store = FileApiStore.open(folder)) {
            var apis = new Apis(store, new ApiReader(TargetRules.OWN, 10), 10);
            apis.refresh();
            var routes = ApiActions.routes(new ApiManagement(apis, "http://gw"), gate::admit, 1_000_000);
            try (var server = new Listening(routes, stores.subjects(), HttpConfig.DEFAULT.readMemory())) {
                assertThat(call(server, "alice").statusCode()).isEqualTo(200);
                assertThat(call(server, "alice").statusCode()).isEqualTo(200);
                HttpResponse<String> third = call(server, "alice");
                assertThat(third.statusCode()).isEqualTo(429);
                assertThat(third.body()).contains("Too many requests in the last minute (count: 3, allowed: 2).");
                assertThat(call(server, "bobby").statusCode()).isEqualTo(200);
                assertThat(server.get(GET_API).statusCode()).isEqualTo(400);
            }
        }
    }

    private static void subject(MemoryStores stores, String name) {
        var namespace = new NamespaceName(name);
        stores.subjects()
                .put(new Subject(name, List.of(new Subject.Membership(namespace, new AuthKey(name, "secret"))), false));
        stores.subjects().putLimits(namespace, new NamespaceLimits(2, null, null, null, null));
    }

    private static HttpResponse<String> call(Listening server, String name) {
        String key = Base64.getEncoder().encodeToString((name + ":secret").getBytes(StandardCharsets.UTF_8));
        return server.get(GET_API, "authorization", "Basic " + key);
    }
}
