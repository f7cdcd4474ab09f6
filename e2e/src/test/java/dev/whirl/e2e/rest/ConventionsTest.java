package dev.whirl.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.RawHttp;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.Messages;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConventionsTest {
    private static final Api GUEST = SharedServer.guest();

    @Test
    @Tag("R-1")
    @Tag("R-6")
    void withoutCredentialsTheServerAsksForThemInItsRealm() {
        Answer answer = SharedServer.anonymous().get("/api/v1/namespaces");

        answer.expectError(401, Messages.CREDENTIALS_MISSING);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic realm=\"OpenWhisk secure realm\"");
    }

    @Test
    @Tag("R-1")
    @Tag("A-5")
    void bothDefaultIdentitiesAreKnown() {
        assertThat(GUEST.get("/api/v1/namespaces").expect(200).body()).isEqualTo("[\"guest\"]");
        assertThat(SharedServer.system().get("/api/v1/namespaces").expect(200).body())
                .isEqualTo("[\"whisk.system\"]");
    }

    @Test
    @Tag("R-1")
    void jsonIsAnsweredAsUtf8() {
        String name = GUEST.stored(Code.NODE, "// größer ☃ 😀\n" + Code.NODE_ECHO, "");

        Answer answer = GUEST.get(Api.action(name)).expect(200);

        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.text("exec", "code")).startsWith("// größer ☃ 😀\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "23bc46b1-71f6-4ed5-8c54-816aa4f8c502:wrong",
                "00000000-71f6-4ed5-8c54-816aa4f8c502:123zO3xZCLrMN6v2BKK1dXYFpXlPkccOFqm12CdAsMgRU4VrNZ9lyGVCGuMDGIwP",
                "no-colon",
                ":",
                ""
            })
    @Tag("R-6")
    void wrongCredentialsAreRefused(String key) {
        Answer answer = SharedServer.anonymous().with(Api.basic(key)).get("/api/v1/namespaces");

        answer.expectErrorStarting(401, "The ");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic realm=");
    }

    @Test
    @Tag("R-6")
    void theRightUserWithAWrongKeyIsToldSo() {
        SharedServer.anonymous()
                .with(Api.basic("23bc46b1-71f6-4ed5-8c54-816aa4f8c502:" + "x".repeat(64)))
                .get("/api/v1/namespaces")
                .expectError(401, Messages.CREDENTIALS_INVALID);
    }

    @Test
    @Tag("R-2")
    void underscoreMeansTheCallersNamespace() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");

        Answer own = GUEST.get("/api/v1/namespaces/_/actions/" + name).expect(200);
        Answer named = GUEST.get("/api/v1/namespaces/guest/actions/" + name).expect(200);

        assertThat(own.body()).isEqualTo(named.body());
        assertThat(own.text("namespace")).isEqualTo("guest");
        SharedServer.system().get("/api/v1/namespaces/_/actions/" + name).expect(404);
    }

    @Test
    @Tag("R-3")
    void collectionsAnswerWithAndWithoutATrailingSlash() {
        GUEST.stored(Code.NODE, Code.NODE_ECHO, "");

        assertThat(GUEST.get(Api.OWN + "/actions?limit=1").expect(200).rows()).hasSize(1);
        assertThat(GUEST.get(Api.OWN + "/actions/?limit=1").expect(200).rows()).hasSize(1);
        GUEST.get(Api.OWN + "/activations/?limit=1").expect(200);
        GUEST.get("/api/v1/namespaces/").expect(200);
    }

    @Test
    @Tag("R-4")
    void theCallersRequestIdComesBack() {
        Answer answer = GUEST.send(GUEST.request("/api/v1/namespaces")
                .header("X-Request-ID", "my-own-id-1")
                .GET());

        assertThat(answer.header("X-Request-ID")).isEqualTo("my-own-id-1");
    }

    @Test
    @Tag("R-4")
    void aRequestIdIsMadeWhereNoneOrAReservedOneCame() {
        Answer without = GUEST.get("/api/v1/namespaces");
        Answer reserved = GUEST.send(GUEST.request("/api/v1/namespaces")
                .header("X-Request-ID", "sid_me")
                .GET());

        assertThat(without.header("X-Request-ID")).matches("[A-Za-z0-9]{32}");
        assertThat(reserved.header("X-Request-ID")).matches("[A-Za-z0-9]{32}");
        assertThat(reserved.header("X-Request-ID")).isNotEqualTo(without.header("X-Request-ID"));
    }

    @Test
    @Tag("R-4")
    @Tag("R-6")
    void theCodeOfAnErrorIsTheRequestId() {
        Answer answer = GUEST.send(GUEST.request(Api.action("not-there"))
                .header("X-Request-ID", "find-me-7")
                .GET());

        answer.expectError(404, Messages.RESOURCE_NOT_FOUND);
        assertThat(answer.text("code")).isEqualTo("find-me-7");
    }

    @Test
    @Tag("R-5")
    void extraLoggingStillStoresTheRecord() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");

        Answer answer = GUEST.send(GUEST.request(Api.action(name) + "?blocking=true")
                .header("X-OW-EXTRA-LOGGING", "on")
                .POST(BodyPublishers.noBody()));

        answer.expect(200);
        GUEST.record(answer.text("activationId"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nonsense", "/api/v2/namespaces", "/api/v1/namespaces/_/things", "/api/v1/namespaces/_"})
    @Tag("R-6")
    void anUnknownRouteIsNotFound(String path) {
        GUEST.get(path).expectError(404, Messages.ROUTE_NOT_FOUND);
    }

    @Test
    @Tag("R-6")
    void aWrongVerbIsNotAllowed() {
        var nobody = BodyPublishers.noBody();
        Stream.of(
                        GUEST.send(GUEST.request(Api.action("x")).method("PATCH", nobody)),
                        GUEST.post(Api.OWN + "/actions"),
                        GUEST.delete("/api/v1/namespaces"),
                        GUEST.put(Api.OWN + "/limits", "{}"))
                .forEach(answer -> answer.expectErrorStarting(405, "HTTP method not allowed, supported methods: "));
    }

    @Test
    @Tag("R-7")
    void aVeryLongAddressIsRefused() {
        Answer answer = GUEST.get(Api.OWN + "/actions/" + "a".repeat(9000));

        assertThat(answer.status()).isEqualTo(414);
    }

    @Test
    @Tag("R-8")
    void anEmptyBodyCountsAsAnEmptyObject() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");

        GUEST.put(Api.action(Names.unique("empty")), "").expectError(400, Messages.EXEC_UNDEFINED);
        assertThat(GUEST.post(Api.action(name) + "?blocking=true&result=true", "")
                        .expect(200)
                        .body())
                .isEqualTo("{}");
        assertThat(GUEST.post(Api.action(name) + "?blocking=true&result=true")
                        .expect(200)
                        .body())
                .isEqualTo("{}");
    }

    @Test
    @Tag("R-9")
    void everyManagementAnswerAllowsOtherOrigins() {
        Answer list = GUEST.get(Api.OWN + "/actions?limit=1").expect(200);
        Answer options = SharedServer.anonymous()
                .send(SharedServer.anonymous()
                        .request(Api.action("anything"))
                        .method("OPTIONS", BodyPublishers.noBody()));

        options.expect(200);
        for (Answer answer : List.of(list, options)) {
            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(words(answer.header("Access-Control-Allow-Headers")))
                    .containsExactlyInAnyOrder(
                            "Authorization", "Origin", "X-Requested-With", "Content-Type", "Accept", "User-Agent");
            assertThat(words(answer.header("Access-Control-Allow-Methods")))
                    .containsExactlyInAnyOrder("GET", "DELETE", "POST", "PUT", "HEAD");
        }
    }

    private static List<String> words(String header) {
        return List.of(header.split("\\s*,\\s*"));
    }

    @Test
    @Tag("R-10")
    void everyInvocationNamesItsActivationInAHeader() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");

        Answer waited = GUEST.invoke(name, "{}").expect(200);
        Answer started = GUEST.post(Api.action(name), "{}").expect(202);

        assertThat(waited.header("x-openwhisk-activation-id")).isEqualTo(waited.text("activationId"));
        assertThat(started.header("x-openwhisk-activation-id")).isEqualTo(started.text("activationId"));
    }

    @Test
    @Tag("R-15")
    void timesAreMillisecondsSinceTheEpoch() {
        long before = System.currentTimeMillis();
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");
        Answer record = GUEST.invoke(name, "{}").expect(200);
        long after = System.currentTimeMillis();

        assertThat(GUEST.get(Api.action(name)).number("updated")).isBetween(before, after);
        assertThat(record.number("start")).isBetween(before, after);
        assertThat(record.number("end")).isBetween(before, after);
    }

    @Test
    void theConnectionIsClosedWhenTheCallerAsksForIt() {
        try (var raw = new RawHttp(SharedServer.get())) {
            raw.write(RawHttp.head("GET", "/api/v1/namespaces", "Connection: close"));

            assertThat(raw.isClosedWithin(Duration.ofSeconds(2))).isTrue();
        }
    }

    @Test
    void severalRequestsCanBeSentAtOnceOnAConnection() {
        try (var raw = new RawHttp(SharedServer.get())) {
            String request = RawHttp.head("GET", "/api/v1/namespaces");

            String answers = raw.write(request.repeat(3)).read(Duration.ofMillis(500));

            assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(4);
        }
    }
}
