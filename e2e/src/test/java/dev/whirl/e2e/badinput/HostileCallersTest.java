package dev.whirl.e2e.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Parallel;
import dev.whirl.e2e.support.RawHttp;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.Unharmed;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.model.Messages;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Guessing keys, walking out of paths, looking where nobody may look.
class HostileCallersTest {
    private static final WhirlServer SERVER = SharedServer.get();
    private static final Api GUEST = SharedServer.guest();
    private static final Duration SILENCE = Duration.ofMillis(600);

    /// On a server of its own, because guessing is slowed down by address.
    @Test
    @Tag("attack-32")
    void guessingKeysGetsNowhereAndDisturbsNobody() {
        String uuid = Api.GUEST_KEY.substring(0, 36);
        try (var server = WhirlServer.start(ServerOptions.DEFAULT);
                var _ = Unharmed.watch(server)) {
            Api guest = Api.guest(server);

            List<Answer> answers = Parallel.times(
                    300,
                    n -> guest.with(Api.basic(uuid + ":" + "%064d".formatted(n)))
                            .get("/api/v1/namespaces"));

            assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(401, 429));
            guest.get("/api/v1/namespaces").expect(200);
        }
    }

    @Test
    @Tag("attack-32")
    void aKeyIsComparedAsAWhole() {
        for (String key : List.of(
                Api.GUEST_KEY.substring(0, Api.GUEST_KEY.length() - 1),
                Api.GUEST_KEY + "x",
                Api.GUEST_KEY.toUpperCase(Locale.ROOT),
                Api.GUEST_KEY + "\u0000",
                Api.GUEST_KEY.substring(0, 37) + Api.SYSTEM_KEY.substring(37))) {
            GUEST.with(Api.basic(key)).get("/api/v1/namespaces").expectError(401, Messages.CREDENTIALS_INVALID);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "Basic", "Basic !!!", "Basic Zm9v", "Digest x", "basic", " "})
    @Tag("R-6")
    @Tag("attack-32")
    void otherSchemesAreRefused(String header) {
        Answer answer = GUEST.with(header).get("/api/v1/namespaces");

        answer.expectErrorStarting(401, "The ");
    }

    @Test
    @Tag("attack-10")
    void metricsAreNotForEverybody() {
        assertThat(SharedServer.anonymous().get("/metrics").status()).isIn(401, 403, 404);
        assertThat(GUEST.with(Api.basic("admin:admin")).get("/metrics").status())
                .isIn(401, 403, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/namespaces/_/actions/..%2f..%2f..%2fetc%2fpasswd",
                "/api/v1/namespaces/_/actions/%2e%2e%2f%2e%2e%2f",
                "/api/v1/namespaces/..%2fwhisk.system/actions",
                "/api/v1/namespaces/_/actions/a%2fb%2fc",
                "/../../../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/api/v1/../../metrics",
                "/..;/metrics",
                "/console/../../../etc/passwd",
                "/api/v1/namespaces/_/activations/..%2f..",
                "/api/v1/namespaces/%00/actions",
                "/api/v1//namespaces//_//actions/x"
            })
    @Tag("attack-33")
    void aPathCannotLeaveItsPlace(String path) {
        try (var raw = new RawHttp(SERVER)) {
            String answer =
                    raw.write(RawHttp.head("GET", path, "Connection: close")).read(SILENCE);

            assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("root:").doesNotContain("# HELP");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT", "PROPFIND", "BREW"})
    @Tag("R-6")
    void unusualVerbsAreRefused(String verb) {
        try (var raw = new RawHttp(SERVER)) {
            String answer = raw.write(RawHttp.head(verb, "/api/v1/namespaces", "Connection: close"))
                    .read(SILENCE);

            assertThat(answer).startsWith("HTTP/1.1 4");
        }
    }

    @Test
    @Tag("attack-7")
    @Tag("attack-10")
    void aFunctionSeesNeitherTheServersFilesNorItsEnvironment() {
        String code = Code.node("const fs = require('fs'); const seen = {};"
                + " for (const path of args.paths) { try { seen[path] = fs.readdirSync(path).length; } catch (e) {} }"
                + " return {seen, keys: Object.keys(process.env).filter(key => /^(WHIRL|JAVA)/.test(key))};");
        String name = GUEST.stored(Code.NODE, code, "");
        String paths =
                "[\"%s\",\"/proc/%d\",\"/root\",\"/var/run/docker.sock\"]".formatted(SERVER.data(), SERVER.pid());

        Answer answer = GUEST.result(name, "{\"paths\":" + paths + "}").expect(200);

        assertThat(answer.at("seen").fields()).doesNotContainKey(SERVER.data().toString());
        assertThat(answer.at("keys").toString()).isEqualTo("[]");
    }

    @Test
    @Tag("attack-38")
    void secretsDoNotAppearInTheServersLog() {
        showSecrets(GUEST);

        assertThat(SERVER.output()).doesNotContain("unmistakable");
    }

    @Test
    @Tag("attack-38")
    void secretsDoNotAppearInTheServersLogWhenItTellsMore() {
        try (var server = WhirlServer.start(ServerOptions.DEFAULT.withArguments("--log-level", "debug"))) {
            showSecrets(Api.guest(server));

            assertThat(server.output())
                    .contains("DEBUG")
                    .doesNotContain("unmistakable")
                    .doesNotContain(Api.basic(Api.GUEST_KEY));
        }
    }

    /// Everywhere where they can be: as parameters of an action and of a call, in what is refused, and as a key.
    private static void showSecrets(Api guest) {
        String name = guest.stored(
                Code.NODE,
                Code.NODE_ECHO,
                ",\"parameters\":[{\"key\":\"password\",\"value\":\"hunter2-unmistakable\"}]");
        guest.result(name, "{\"token\":\"payload-unmistakable\"}").expect(200);
        guest.put(Api.action(name) + "?overwrite=true", "{\"parameters\":\"hunter2-unmistakable\"}")
                .expect(400);
        guest.with(Api.basic("00000000-71f6-4ed5-8c54-816aa4f8c502:wrong-unmistakable"))
                .get("/api/v1/namespaces")
                .expect(401);
    }
}
