package dev.whirl.e2e.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.model.Messages;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parameters on their way from the PUT to what a function sees.
class ParametersTest {
    private static final Api GUEST = SharedServer.guest();
    private static final String SECRET = "hunter2-in-plain";
    private static final String KEY_128 = base64("0123456789abcdef");
    private static final String KEY_256 = base64("0123456789abcdef0123456789abcdef");
    private static final String OTHER_KEY = base64("fedcba9876543210fedcba9876543210");

    /// Tells its arguments, and what of the environment was meant for it.
    private static final String TELLS = Code.node(
            "return { args: args, init: process.env.initial || null, key: process.env.__OW_API_KEY || null };");

    private static final String PARAMETERS = ",\"parameters\":[{\"key\":\"secret\",\"value\":\"" + SECRET + "\"},"
            + "{\"key\":\"initial\",\"value\":{\"a\":\"" + SECRET + "\"},\"init\":true}]";

    @Test
    @Tag("R-73")
    @Tag("I-55")
    @Tag("attack-38")
    void whatIsStoredEncryptedIsPlainForTheFunctionAndForNobodyElse(@TempDir Path data) {
        ServerOptions first = ServerOptions.DEFAULT
                .withData(data.resolve("data"))
                .with("parameters.encryption", "aes-256")
                .withEnvironment("WHIRL_PARAMETERS_AES_256_KEY", KEY_256);
        try (var server = WhirlServer.start(first)) {
            Api guest = Api.guest(server);
            Answer put = guest.create("tells", Code.NODE, TELLS, PARAMETERS);
            Answer got = guest.get(Api.action("tells")).expect(200);

            assertThat(put.body() + got.body()).doesNotContain(SECRET).contains("\"encryption\":\"aes-256\"");
            assertToldInPlain(guest);
            assertThat(server.output()).doesNotContain(SECRET).doesNotContain(KEY_256);
        }
        ServerOptions second =
                first.with("parameters.encryption", "aes-128").withEnvironment("WHIRL_PARAMETERS_AES_128_KEY", KEY_128);
        try (var server = WhirlServer.start(second)) {
            assertToldInPlain(Api.guest(server));
        }
        try (var server = WhirlServer.start(first.withEnvironment("WHIRL_PARAMETERS_AES_256_KEY", OTHER_KEY))) {
            assertRefusedWithoutTheKey(server);
        }
    }

    private static void assertToldInPlain(Api guest) {
        Answer result = guest.result("tells", "{\"x\":1}").expect(200);
        assertThat(result.at("args").toString()).isEqualTo("{\"secret\":\"" + SECRET + "\",\"x\":1}");
        assertThat(result.text("init")).isEqualTo("{\"a\":\"" + SECRET + "\"}");
    }

    private static void assertRefusedWithoutTheKey(WhirlServer server) {
        Answer result = Api.guest(server).invoke("tells", "{}").expect(500);

        assertThat(result.text("response", "status")).isEqualTo("whisk internal error");
        assertThat(result.text("response", "result", "error"))
                .isIn(Messages.parameterLocked("secret", "aes-256"), Messages.parameterLocked("initial", "aes-256"));
        assertThat(server.output())
                .contains("An encrypted parameter could not be decrypted")
                .doesNotContain(SECRET)
                .doesNotContain(OTHER_KEY);
    }

    @Test
    @Tag("R-14")
    @Tag("trap-18")
    void initParametersAreInTheEnvironmentAndNotAmongTheArguments() {
        String name = GUEST.stored(Code.NODE, TELLS, PARAMETERS);

        for (int call = 0; call < 2; call++) {
            Answer result = GUEST.result(name, "{\"x\":1}").expect(200);

            assertThat(result.at("args").toString()).isEqualTo("{\"secret\":\"" + SECRET + "\",\"x\":1}");
            assertThat(result.text("init")).isEqualTo("{\"a\":\"" + SECRET + "\"}");
        }
    }

    @Test
    @Tag("R-66")
    @Tag("K-10")
    @Tag("trap-8")
    void aFunctionHasItsCallersKeyIfItAskedForItOrSaysNothing() {
        String silent = GUEST.stored(Code.NODE, TELLS, "");
        String asking =
                GUEST.stored(Code.NODE, TELLS, ",\"annotations\":[{\"key\":\"provide-api-key\",\"value\":true}]");

        assertThat(GUEST.result(silent, "{}").at("key").toString()).isEqualTo("null");
        assertThat(GUEST.result(asking, "{}").text("key")).isEqualTo(Api.GUEST_KEY);

        Answer updated = GUEST.put(Api.action(silent) + "?overwrite=true", "{\"delAnnotations\":[\"provide-api-key\"]}")
                .expect(200);
        assertThat(updated.annotation("provide-api-key")).isEmpty();
        assertThat(GUEST.result(silent, "{}").text("key")).isEqualTo(Api.GUEST_KEY);
    }

    @Test
    @Tag("R-83")
    @Tag("W-8")
    @Tag("trap-11")
    @Tag("attack-33")
    void definedParametersOfAFinalActionCantBeOverridden() {
        String name = GUEST.stored(
                Code.NODE,
                TELLS,
                ",\"annotations\":[{\"key\":\"final\",\"value\":true},{\"key\":\"web-export\",\"value\":true}],"
                        + "\"parameters\":[{\"key\":\"fixed\",\"value\":1},{\"key\":\"open\",\"value\":null}]");
        String web = "/api/v1/web/guest/default/" + name + ".json";

        GUEST.result(name, "{\"fixed\":2}").expectError(400, Messages.PARAMETERS_NOT_ALLOWED);
        SharedServer.anonymous().get(web + "?fixed=2").expectError(400, Messages.PARAMETERS_NOT_ALLOWED);
        SharedServer.anonymous().post(web, "{\"fixed\":2}").expectError(400, Messages.PARAMETERS_NOT_ALLOWED);

        assertThat(GUEST.result(name, "{\"open\":3}").at("args").toString()).isEqualTo("{\"fixed\":1,\"open\":3}");
        assertThat(SharedServer.anonymous().get(web + "?open=3").text("args", "open"))
                .isEqualTo("3");
    }

    @Test
    @Tag("R-139")
    @Tag("I-50")
    @Tag("R-5")
    void successesLeaveARecordOnlyWhereItIsWantedOrAskedFor() {
        try (var server = WhirlServer.start(
                ServerOptions.DEFAULT.with("records.store-blocking", "failures").with("records.log-skipped", "yes"))) {
            Api guest = Api.guest(server);
            guest.create("echo", Code.NODE, Code.NODE_ECHO);

            Answer skipped = guest.invoke("echo", "{}").expect(200);
            Answer failed = guest.invoke("echo", "{\"error\":\"no\"}").expect(502);
            Answer traced = guest.send(guest.request(Api.action("echo") + "?blocking=true")
                            .header("X-OW-EXTRA-LOGGING", "on")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{}")))
                    .expect(200);
            String accepted = guest.start("echo", "{}");

            guest.record(failed.text("activationId"));
            guest.record(traced.text("activationId"));
            guest.record(accepted);
            guest.get(Api.activation(skipped.text("activationId"))).expect(404);
            assertThat(server.output())
                    .contains("A record is not stored")
                    .contains(skipped.text("activationId"))
                    .contains("An activation has ended");
        }
    }

    private static String base64(String key) {
        return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.US_ASCII));
    }
}
