package dev.whirl.e2e.wsk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.couchdb.CouchServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The feed of the package `couchdb`, as `wsk` makes it, with a database server.
class ChangesFeedTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final Api guest = SharedServer.guest();
    private final String bound = Names.unique("db");
    private final String database = Names.unique("orders");
    private final String trigger = Names.unique("changed");

    @Test
    @Tag("F-13")
    @Tag("F-14")
    void aChangeOfADatabaseFiresARuleUntilTheTriggerIsDeleted() throws Exception {
        try (var couch = CouchServer.start()) {
            var wsk = new Wsk(folder, SharedServer.get().address());
            bind(wsk, couch);
            String action = guest.stored(Code.NODE, Code.NODE_ECHO, "");
            wsk.ok("action", "invoke", bound + "/create-database", "--result");
            wsk.ok("trigger", "create", trigger, "--feed", bound + "/changes");
            wsk.ok("rule", "create", trigger + "-rule", trigger, action);

            wsk.ok("action", "invoke", bound + "/create-document", "-p", "doc", "{\"_id\":\"7\"}", "--result");

            assertThat(firstResult(action).field("id")).contains(RawJson.string("7"));
            assertThat(wsk.ok("trigger", "get", trigger))
                    .contains("\"dbname\": \"%s\"".formatted(database), "\"active\": true")
                    .doesNotContain(password(couch));
            wsk.ok("trigger", "delete", trigger);
            guest.get(Api.OWN + "/triggers/" + trigger).expect(404);
        }
    }

    @Test
    @Tag("F-13")
    void aDatabaseThatIsNotThereLeavesNoTriggerBehind() throws Exception {
        try (var couch = CouchServer.start()) {
            var wsk = new Wsk(folder, SharedServer.get().address());
            bind(wsk, couch);

            assertThat(wsk.run("trigger", "create", trigger, "--feed", bound + "/changes")
                            .expect(246)
                            .err())
                    .contains(database);
            guest.get(Api.OWN + "/triggers/" + trigger).expect(404);
        }
    }

    private void bind(Wsk wsk, CouchServer couch) {
        wsk.ok(
                "package",
                "bind",
                "/whisk.system/couchdb",
                bound,
                "-p",
                "host",
                couch.url().toString(),
                "-p",
                "username",
                couch.config("whirl_").access().user(),
                "-p",
                "password",
                password(couch),
                "-p",
                "dbname",
                database);
    }

    private static String password(CouchServer couch) {
        return couch.config("whirl_").access().password();
    }

    /// What an action was called with first, and answered.
    private RawJson firstResult(String action) {
        return Waiting.until(
                        SOON,
                        () -> guest.get(Api.OWN + "/activations?docs=true&name=" + action)
                                .rows(),
                        each -> !each.isEmpty())
                .getLast()
                .field("response")
                .flatMap(each -> each.field("result"))
                .orElseThrow();
    }
}
