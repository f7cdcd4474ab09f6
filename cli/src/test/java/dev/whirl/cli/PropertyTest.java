package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class PropertyTest extends WskTest {
    @Test
    @Tag("L-21")
    void allPropertiesAreShown() {
        var run = wsk.answer(200, "[\"guest\"]")
                .answer(200, "{\"build\":\"2026-01-01\",\"buildno\":\"42\"}")
                .run("property", "get");

        assertThat(run)
                .isEqualTo(new Wsk.Run(0, "whisk API host\t\t" + wsk.server().url() + "\n" + """
                                whisk auth\t\tuuid:…
                                whisk namespace\t\tguest
                                client cert\t\t
                                Client key\t\t
                                whisk API version\tv1
                                whisk CLI version\tnot set
                                whisk API build\t\t2026-01-01
                                whisk API build number\t42
                                """, ""));
    }

    @Test
    @Tag("L-21")
    void singlePropertiesCanBeShownRaw() {
        assertThat(wsk.run("property", "get", "--auth").out()).isEqualTo("whisk auth\t\tuuid:secret\n");
        assertThat(wsk.run("property", "get", "--apiversion", "--auth", "-o", "raw")
                        .out())
                .isEqualTo("uuid:secret\nv1\n");
        assertThat(wsk.run("property", "get", "--output", "raw").err())
                .isEqualTo("error: --output|-o raw only supported with specific property type\n");
        assertThat(wsk.run("property", "get", "--auth", "-o", "xml").exitCode()).isEqualTo(2);
    }

    @Test
    @Tag("L-21")
    void whatIsNotInTheFileCanBeAskedForToo() {
        wsk.answer(200, "{\"build\":\"2026-01-01\",\"buildno\":\"42\"}");

        assertThat(wsk.run("property", "get", "--cliversion", "--apibuild", "--apibuildno", "-o", "raw")
                        .out())
                .isEqualTo("not set\n2026-01-01\n42\n");
    }

    @Test
    @Tag("L-21")
    void withoutAServerWhatIsKnownIsShown() {
        var run = wsk.answer(500, "?").answer(500, "?").run("property", "get", "--namespace", "--apibuild");

        assertThat(run)
                .isEqualTo(
                        new Wsk.Run(
                                244,
                                "whisk namespace\t\t_\nwhisk API build\t\tUnknown\n",
                                "error: Unable to obtain API build information: The connection failed, or timed out. (HTTP status code 500)\n"));
    }

    @Test
    @Tag("L-21")
    @Tag("L-34")
    void setWritesTheFileForItsOwnerAloneAndKeepsOtherLines() throws IOException {
        wsk.file(".wskprops", "# mine\nAPIHOST=old\nOTHER=kept\nnonsense\nAPIHOST=older\n");

        var run = wsk.run(
                "property",
                "set",
                "--apihost",
                "http://localhost:3233",
                "-u",
                "a:b",
                "--apiversion",
                "v2",
                "--cert",
                "c.pem",
                "--key",
                "k.pem");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
                        ok: client cert set. Run 'wsk property get --cert' to see the new value.
                        ok: client key set. Run 'wsk property get --key' to see the new value.
                        ok: whisk auth set. Run 'wsk property get --auth' to see the new value.
                        ok: whisk API host set to http://localhost:3233
                        ok: whisk API version set to v2
                        """);
        var file = folder.resolve(".wskprops");
        assertThat(file).hasContent("""
                        # mine
                        APIHOST=http://localhost:3233
                        OTHER=kept
                        nonsense
                        CERT=c.pem
                        KEY=k.pem
                        AUTH=a:b
                        APIVERSION=v2
                        """);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    @Tag("L-21")
    void unsetRemovesLines() {
        var run = wsk.run("property", "unset", "--auth", "--apihost", "--apiversion", "--cert", "--key");

        assertThat(run.out()).isEqualTo("""
                        ok: client cert unset.
                        ok: client key unset.
                        ok: whisk auth unset.
                        ok: whisk API host unset.
                        ok: whisk API version unset; the default value of v1 will be used.
                        """);
        assertThat(folder.resolve(".wskprops")).hasContent("");
    }

    @Test
    @Tag("L-34")
    void anotherFileCanBeNamed() {
        wsk.with("WSK_CONFIG_FILE", folder.resolve("other").toString());

        assertThat(wsk.run("property", "get", "--auth").out()).isEqualTo("whisk auth\t\t\n");
        wsk.run("property", "set", "--auth", "x:y");
        assertThat(folder.resolve("other")).hasContent("AUTH=x:y");
        wsk.with("WSK_CONFIG_FILE", "");
        assertThat(wsk.run("property", "set", "--auth", "x:y"))
                .isEqualTo(new Wsk.Run(
                        1,
                        "",
                        "error: Unable to set the property value(s): WSK_CONFIG_FILE is empty: it must name a file\n"));
    }

    @Test
    @Tag("L-34")
    void flagsWinOverTheEnvironmentAndThatOverTheFile() {
        wsk.answer(200, "[]").answer(200, "[]").answer(200, "[]");

        wsk.run("action", "list");
        assertThat(wsk.server().last().header("Authorization")).isEqualTo("Basic dXVpZDpzZWNyZXQ=");
        wsk.with("WHISK_AUTH", "a:b").with("WHISK_APIVERSION", "v2").run("action", "list");
        assertThat(wsk.server().last().header("Authorization")).isEqualTo("Basic YTpi");
        assertThat(wsk.server().last().target()).startsWith("/api/v2/");
        wsk.with("WHISK_APIHOST", "http://127.0.0.1:1")
                .run(
                        "--auth",
                        "c:d",
                        "action",
                        "--apiversion",
                        "v3",
                        "list",
                        "--apihost",
                        wsk.server().url());
        assertThat(wsk.server().last().header("Authorization")).isEqualTo("Basic Yzpk");
        assertThat(wsk.server().last().target()).startsWith("/api/v3/");
    }

    @Test
    @Tag("L-21")
    void aNameAndPasswordInAnAddressAreRefusedAndNotShown() throws IOException {
        var run = wsk.run("property", "set", "--apihost", "http://me:pa55@localhost:3233");

        assertThat(run).isEqualTo(new Wsk.Run(1, "", """
                        error: Unable to set API host value; the API host value 'http://…@localhost:3233' is invalid: it must not hold a name and password; the key is given by itself, with --auth UUID:KEY
                        Run 'wsk --help' for usage.
                        """));
        assertThat(folder.resolve(".wskprops"))
                .content()
                .contains(wsk.server().url())
                .doesNotContain("pa55");
        assertThat(wsk.run("action", "list", "--apihost", "http://me:pa55@localhost:3233"))
                .isEqualTo(new Wsk.Run(1, "", """
                        error: The API host is not valid: it must not hold a name and password; the key is given by itself, with --auth UUID:KEY
                        """));
        wsk.file(".wskprops", "APIHOST=http://me:pa55@localhost:3233\n");
        assertThat(wsk.run("property", "get", "--apihost").out())
                .isEqualTo("whisk API host\t\thttp://…@localhost:3233\n");
    }

    @Test
    @Tag("L-34")
    void aKeyThatOthersCanReadIsToldOfOnATerminal() throws IOException {
        var file = folder.resolve(".wskprops");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        wsk.with("NO_COLOR", "1").answer(200, "[]");

        assertThat(wsk.run("property", "get", "--auth").err())
                .as("scripts go on as before")
                .isEmpty();
        assertThat(wsk.coloured().run("trigger", "list").err())
                .isEqualTo("warning: others can read the key in '%1$s'; 'chmod 600 %1$s' keeps it to you\n"
                        .formatted(file));
        Files.writeString(file, "APIHOST=" + wsk.server().url() + "\n");
        assertThat(wsk.run("property", "get", "--apihost").err())
                .as("there is no key in it")
                .isEmpty();
        wsk.run("property", "set", "--auth", "a:b");
        assertThat(wsk.run("property", "get", "--auth").err())
                .as("it was written anew")
                .isEmpty();
    }

    @Test
    @Tag("L-34")
    void theNamespaceOfTheFileIsTheDefault() throws IOException {
        wsk.file(".wskprops", "APIHOST=" + wsk.server().url() + " # here\n AUTH = a:b\nNAMESPACE=team\n");

        wsk.answer(200, "{}").run("action", "delete", "hello");

        assertThat(wsk.server().last().target()).isEqualTo("/api/v1/namespaces/team/actions/hello");
    }

    @Test
    @Tag("L-21")
    void setAndUnsetWantAPropertyAndAHostThatCanBeOne() {
        assertThat(wsk.run("property", "set").exitCode()).isEqualTo(2);
        assertThat(wsk.run("property", "unset").exitCode()).isEqualTo(2);
        var run = wsk.run("property", "set", "--apihost", "ftp://x");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("error: Unable to set API host value; the API host value 'ftp://x' is invalid: ");
    }

    @Test
    @Tag("L-34")
    @Tag("G-7")
    void theTenantOfTheFileIsToldToTheGateway() throws IOException {
        wsk.file(".wskprops", "APIHOST=" + wsk.server().url() + "\nAUTH=a:b\nAPIGW_TENANT_ID=team 1\n");

        wsk.answer(200, "{\"apis\":[]}").run("api", "list");

        assertThat(wsk.server().last().target()).contains("spaceguid=a", "tenantInstance=team%201");
    }

    @Test
    @Tag("L-21")
    void theKeyIsShownWholeOnlyToWhoAsksForIt() {
        for (int i = 0; i < 3; i++) {
            wsk.answer(200, "[]").answer(200, "{}");
        }

        assertThat(wsk.run("property", "get").out()).contains("uuid:…").doesNotContain("secret");
        assertThat(wsk.run("property", "get", "--all", "--auth").out()).doesNotContain("secret");
        assertThat(wsk.coloured().run("property", "get").out())
                .contains("uuid:…")
                .doesNotContain("secret");
        assertThat(wsk.run("property", "get", "--auth").out()).contains("uuid:secret");
    }
}
