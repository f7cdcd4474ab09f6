package dev.whirl.e2e.wsk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Packages, triggers, rules and feeds.
class EventsTest {
    /// A feed that refuses what has no `every`, as far as it is told that a trigger was made.
    private static final String FEED =
            "function main(args) { if (args.lifecycleEvent === 'CREATE' && !args.every) throw new Error('no every');"
                    + " return { told: args.lifecycleEvent, by: args.triggerName, key: args.authKey.length }; }";

    @TempDir
    private Path folder;

    @Test
    @Tag("L-11")
    @Tag("L-12")
    @Tag("L-14")
    @Tag("L-17")
    void aTriggerSetsOffAnActionOfAPackage() {
        var wsk = new Wsk(folder, SharedServer.get().address());
        String name = Names.unique("utils");
        wsk.file("echo.js", Code.NODE_ECHO);

        assertThat(wsk.ok("package", "create", name, "--param", "currency", "EUR"))
                .isEqualTo("ok: created package " + name + "\n");
        wsk.ok("action", "create", name + "/echo", "echo.js");
        wsk.ok("package", "bind", name, name + "-bound", "-p", "currency", "USD");
        wsk.ok("trigger", "create", name + "-trigger");
        wsk.ok("rule", "create", name + "-rule", name + "-trigger", name + "-bound/echo");
        assertThat(wsk.ok("trigger", "fire", name + "-trigger", "-p", "id", "7"))
                .matches("ok: triggered /_/" + name + "-trigger with id [0-9a-f]{32}\n");
        assertThat(wsk.ok("action", "invoke", name + "-bound/echo", "--result")).contains("\"currency\": \"USD\"");
        assertThat(wsk.ok("package", "get", name, "--summary")).contains("\n action /guest/" + name + "/echo");
        wsk.ok("rule", "disable", name + "-rule");
        assertThat(wsk.ok("rule", "status", name + "-rule")).isEqualTo("ok: rule " + name + "-rule is inactive\n");
        assertThat(wsk.ok("trigger", "fire", name + "-trigger"))
                .as("no rule is active")
                .isEqualTo("ok: triggered /_/" + name + "-trigger with id \n");
        wsk.run("package", "delete", name).expect(153);
        wsk.ok("package", "delete", name, "--force");
        assertThat(wsk.run("package", "get", name + "-bund").expect(148).err()).contains(name + "-bound");
    }

    @Test
    @Tag("F-1")
    @Tag("F-2")
    void aFeedIsToldWhatBecomesOfItsTrigger() {
        var wsk = new Wsk(folder, SharedServer.get().address());
        Api guest = SharedServer.guest();
        String feed = guest.stored(Code.NODE, FEED, ",\"annotations\":[{\"key\":\"feed\",\"value\":true}]");
        String trigger = Names.unique("trigger");

        wsk.run("trigger", "create", trigger, "--feed", feed).expect(246);
        guest.get(Api.OWN + "/triggers/" + trigger).expect(404);
        assertThat(wsk.ok("trigger", "create", trigger, "--feed", feed, "--param", "every", "5"))
                .contains("\"told\": \"CREATE\"")
                .contains("\"by\": \"/_/" + trigger + "\"")
                .endsWith("ok: created trigger " + trigger + "\n");
        assertThat(guest.get(Api.OWN + "/triggers/" + trigger).annotation("feed"))
                .isPresent();
        assertThat(wsk.ok("trigger", "get", trigger)).contains("\"told\": \"READ\"");
        assertThat(wsk.ok("trigger", "update", trigger, "-p", "every", "6")).contains("\"told\": \"UPDATE\"");
        assertThat(wsk.ok("trigger", "delete", trigger)).contains("\"told\": \"DELETE\"");
        guest.get(Api.OWN + "/triggers/" + trigger).expect(404);
    }
}
