package dev.whirl.e2e.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.model.Messages;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Users and quotas of a server that runs: every change counts with the next request.
@Timeout(180)
class IdentitiesTest {
    private static final WhirlServer SERVER = SharedServer.get();
    private static final Admin ADMIN = new Admin(SERVER.data());

    private static Api caller(String key) {
        return SharedServer.anonymous().with(Api.basic(key));
    }

    @Test
    @Tag("A-1")
    @Tag("A-3")
    @Tag("A-7")
    void aUserComesIsBlockedUnblockedAndGoesWithTheNextRequest() {
        String name = Names.unique("alice");
        String key = ADMIN.must("user", "create", name);
        caller(key).get("/api/v1/namespaces").expect(200);
        assertThat(ADMIN.must("user", "whois", key)).isEqualTo("subject: %1$s\nnamespace: %1$s".formatted(name));

        ADMIN.must("user", "block", name);
        caller(key).get("/api/v1/namespaces").expectError(401, Messages.CREDENTIALS_INVALID);

        ADMIN.must("user", "unblock", name);
        caller(key).get("/api/v1/namespaces").expect(200);

        String next = ADMIN.must("user", "create", name, "--revoke");
        caller(key).get("/api/v1/namespaces").expect(401);
        caller(next).get("/api/v1/namespaces").expect(200);

        ADMIN.must("user", "delete", name);
        caller(next).get("/api/v1/namespaces").expect(401);
        assertThat(SERVER.output()).doesNotContain(key.substring(37), next.substring(37));
        assertThat(ADMIN.must("syslog", "get", "server", "-g", "admin command"))
                .contains("user delete")
                .doesNotContain(key.substring(37), next.substring(37));
    }

    @Test
    @Tag("A-2")
    @Tag("R-156")
    void limitsCountWithTheNextRequest() {
        String name = Names.unique("bobby");
        Api api = caller(ADMIN.must("user", "create", name));
        long before = api.get(Api.OWN + "/limits").number("firesPerMinute");

        ADMIN.must("limits", "set", name, "--firesPerMinute", "7", "--invocationsPerMinute", "0");
        Answer limits = api.get(Api.OWN + "/limits");
        assertThat(limits.number("firesPerMinute")).isEqualTo(7);
        api.put(Api.OWN + "/actions/echo", action(Code.NODE_ECHO)).expect(200);
        api.post(Api.OWN + "/actions/echo?blocking=true", "{}").expect(429);

        ADMIN.must("limits", "delete", name);
        assertThat(api.get(Api.OWN + "/limits").number("firesPerMinute")).isEqualTo(before);
        api.post(Api.OWN + "/actions/echo?blocking=true", "{}").expect(200);
        assertThat(ADMIN.must("db", "get", "whisks")).contains("\"" + name + "/echo\"");
        assertThat(ADMIN.must("db", "get", "activations")).contains("\"" + name + "/");
        ADMIN.must("user", "delete", name);
    }

    @Test
    @Tag("A-5")
    void theKeysThatEverybodyKnowsAreThoseOfOpenWhisk() {
        assertThat(ADMIN.must("user", "get", "guest")).isEqualTo(Api.GUEST_KEY);
        assertThat(ADMIN.must("user", "get", "whisk.system")).isEqualTo(Api.SYSTEM_KEY);
    }

    @Test
    @Tag("attack-42")
    void aFunctionFindsNoSocketToAdministerTheServer() {
        Path socket = SERVER.data().toAbsolutePath().resolve("admin.sock");
        assertThat(Files.exists(socket)).isTrue();
        String name = Names.unique("intruder");
        String code = Code.node("return new Promise(done => { const c = require('net').connect('" + socket
                + "'); c.on('connect', () => done({reached: true}));"
                + " c.on('error', e => done({reached: false, code: e.code})); });");
        Api guest = SharedServer.guest();
        guest.put(Api.OWN + "/actions/" + name, action(code)).expect(200);

        Answer answer = guest.post(Api.OWN + "/actions/" + name + "?blocking=true&result=true", "{}");

        answer.expect(200);
        assertThat(answer.at("reached").asBoolean()).contains(false);
    }

    private static String action(String code) {
        return "{\"exec\":{\"kind\":\"%s\",\"code\":%s}}"
                .formatted(Code.NODE, dev.whirl.model.json.RawJson.string(code));
    }

    @Test
    @Tag("A-7")
    @Tag("attack-48")
    void aBackupOfTheRunningServerIsTheDataOfAnother(@TempDir Path home) {
        String name = Names.unique("carol");
        String key = ADMIN.must("user", "create", name);
        Api api = caller(key);
        api.put(Api.OWN + "/actions/echo", action(Code.NODE_ECHO)).expect(200);
        Path backup = home.resolve("backup");
        ADMIN.must("backup", backup.toString());
        ADMIN.must("user", "delete", name);

        Path data = home.resolve("data");
        new Admin(data).must("restore", backup.toString());
        assertThat(new Admin(data).must("user", "get", name)).isEqualTo(key);
        try (WhirlServer second = WhirlServer.start(ServerOptions.DEFAULT.withData(data))) {
            Api there = Api.anonymous(second).with(Api.basic(key));
            Answer echoed = there.post(Api.OWN + "/actions/echo?blocking=true&result=true", "{\"a\":1}");
            assertThat(echoed.expect(200).number("a")).isEqualTo(1);
            assertThat(new Admin(data).run("restore", backup.toString()).code()).isEqualTo(1);
        }
    }

    @Test
    @Tag("A-5")
    void whoeverMadeUsersBeforeTheFirstStartGetsNoDefaultKeys(@TempDir Path home) {
        Path data = home.resolve("data");
        String key = new Admin(data).must("user", "create", "first");
        try (WhirlServer server = WhirlServer.start(ServerOptions.DEFAULT.withData(data))) {
            Api.anonymous(server).with(Api.basic(key)).get("/api/v1/namespaces").expect(200);
            Api.guest(server).get("/api/v1/namespaces").expect(401);
        }
    }
}
