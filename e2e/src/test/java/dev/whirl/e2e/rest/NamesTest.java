package dev.whirl.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.Messages;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    private static final Api GUEST = SharedServer.guest();

    @ParameterizedTest
    @ValueSource(strings = {"n", "_", "9", "with space", "a&b", "a@b", "a.b-c", "a-", "ends.", "A b & c @ d"})
    @Tag("R-12")
    void aLegalNameServes(String name) {
        String path = Api.action(encoded(name));
        GUEST.create(encoded(name), Code.NODE, Code.NODE_ECHO);

        Answer answer = GUEST.get(path).expect(200);
        assertThat(answer.text("name")).isEqualTo(name);
        assertThat(GUEST.result(encoded(name), "{\"a\":1}").expect(200).number("a"))
                .isEqualTo(1);
        GUEST.delete(path).expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$x", " x", "x ", "-x", ".x", "&x", "@x", "a\tb", "a\nb", "a*b", "a;b", "a:b", "é\u0000"})
    @Tag("R-12")
    void anIllegalNameIsRefusedByEveryVerb(String name) {
        String path = Api.action(encoded(name));

        GUEST.put(path, "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"function main() {}\"}}")
                .expectError(400, Messages.NAME_ILLEGAL);
        GUEST.get(path).expectError(400, Messages.NAME_ILLEGAL);
        GUEST.post(path).expectError(400, Messages.NAME_ILLEGAL);
        GUEST.delete(path).expectError(400, Messages.NAME_ILLEGAL);
    }

    @Test
    @Tag("R-12")
    void aNameHasAtMost256Characters() {
        String longest = "a".repeat(256);
        GUEST.create(longest, Code.NODE, Code.NODE_ECHO);
        GUEST.get(Api.action(longest)).expect(200);
        GUEST.delete(Api.action(longest)).expect(200);

        GUEST.get(Api.action(longest + "a")).expectError(400, "Name segement longer than allowed: 257 > 256.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$x", "-x", "x;y"})
    @Tag("R-12")
    void anIllegalNamespaceIsRefused(String namespace) {
        GUEST.get("/api/v1/namespaces/" + encoded(namespace) + "/actions").expectError(400, Messages.NAMESPACE_ILLEGAL);
    }

    @Test
    @Tag("R-12")
    void aNamespaceHasAtMost256Characters() {
        GUEST.get("/api/v1/namespaces/" + "n".repeat(257) + "/actions")
                .expectErrorStarting(400, "Namespace longer than allowed: 257 > 256.");
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
