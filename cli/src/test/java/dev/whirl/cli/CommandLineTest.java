package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.cli.command.CommandGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What all commands have in common: exit codes, failures, help, global options.
final class CommandLineTest extends WskTest {
    @ParameterizedTest
    @Tag("L-30")
    @CsvSource({
        "400, 144",
        "401, 145",
        "403, 147",
        "404, 148",
        "405, 149",
        "409, 153",
        "413, 157",
        "429, 173",
        "500, 244",
        "502, 246",
        "503, 247"
    })
    void theExitCodeTellsTheStatus(int status, int exitCode) {
        wsk.answer(status, "{\"error\":\"sentence\",\"code\":\"TID\"}").answer(status, "no envelope");

        assertThat(wsk.run("action", "list"))
                .isEqualTo(new Wsk.Run(
                        exitCode,
                        "",
                        "error: Unable to obtain the list of actions for namespace 'default': sentence (code TID)\n"));
        assertThat(wsk.run("action", "list"))
                .isEqualTo(new Wsk.Run(
                        exitCode,
                        "",
                        "error: Unable to obtain the list of actions for namespace 'default': "
                                + "The connection failed, or timed out. (HTTP status code " + status + ")\n"));
    }

    @Test
    @Tag("L-30")
    void aSuccessThatIsNotUnderstoodIsFour() {
        assertThat(wsk.answer(200, "<html>").run("action", "list").exitCode()).isEqualTo(4);
    }

    @Test
    @Tag("L-30")
    void aServerThatIsNotThereIsThreeAndSaysWhereItLooked() {
        var run = wsk.run("action", "list", "--apihost", "http://127.0.0.1:1");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).isEqualTo("""
                        error: Unable to obtain the list of actions for namespace 'default': cannot talk to http://127.0.0.1:1: connection refused. Is the server running, and is this its address?
                        """);
    }

    @Test
    @Tag("L-30")
    void aServerThatTakesConnectionsAndNeverAnswersIsGivenUpAfterTheTimeThatIsSet() throws IOException {
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:" + silent.getLocalPort();

            var run = wsk.with("WHISK_ANSWER_TIMEOUT", "1").run("trigger", "list", "--apihost", address);

            assertThat(run).isEqualTo(new Wsk.Run(3, "", """
                            error: Unable to obtain the list of triggers for namespace 'default': cannot talk to %s: no answer in time. Is this the server's address? If it only takes long, --answer-timeout SECONDS waits longer.
                            """.formatted(address)));
        }
    }

    @Test
    void theTimeForAnswersMustBeOne() throws IOException {
        String sentence =
                "error: %s must be a whole number of seconds from 1 to 86400, not '%s'\nRun 'wsk --help' for usage.\n";

        wsk.file(".wskprops", "APIHOST=" + wsk.server().url() + "\nAUTH=a:b\nANSWER_TIMEOUT=never\n");
        assertThat(wsk.run("trigger", "list"))
                .isEqualTo(new Wsk.Run(1, "", sentence.formatted("ANSWER_TIMEOUT", "never")));
        wsk.with("WHISK_ANSWER_TIMEOUT", "86401");
        assertThat(wsk.run("trigger", "list").err()).isEqualTo(sentence.formatted("WHISK_ANSWER_TIMEOUT", "86401"));
        assertThat(wsk.run("trigger", "list", "--answer-timeout", "0").err())
                .isEqualTo(sentence.formatted("--answer-timeout", "0"));
        assertThat(wsk.answer(200, "[]")
                        .run("trigger", "list", "--answer-timeout", "10")
                        .exitCode())
                .isZero();
    }

    @Test
    @Tag("L-34")
    void anAddressWithoutSchemeThatSpeaksPlainHttpIsExplained() throws IOException {
        try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> refuseInPlainHttp(plain));
            String authority = "127.0.0.1:" + plain.getLocalPort();

            var run = wsk.run("action", "list", "--apihost", authority);

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.err())
                    .contains("its address is http://" + authority + ";")
                    .containsOnlyOnce("\n");
        }
    }

    private static void refuseInPlainHttp(ServerSocket listener) {
        try (var connection = listener.accept()) {
            connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.getOutputStream().flush();
            connection.getInputStream().readNBytes(1);
        } catch (IOException _) {
            // the test sees it
        }
    }

    @Test
    @Tag("L-29")
    void missingSettingsAreExplained() throws IOException {
        wsk.file(".wskprops", "");

        assertThat(wsk.run("action", "list")).isEqualTo(new Wsk.Run(1, "", """
                        error: The API host is not valid: An API host must be provided.
                        Set it once: wsk property set --apihost http://localhost:3233 --auth UUID:KEY
                        """));
        assertThat(wsk.run("action", "delete", "x", "--apihost", wsk.server().url()))
                .isEqualTo(new Wsk.Run(2, "", """
                        error: Unable to delete action 'x': Authorization key is not configured (--auth is required)
                        Run 'wsk --help' for usage.
                        """));
    }

    @ParameterizedTest
    @Tag("L-29")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "action delete | Invalid argument(s). An action name is required.",
                "action delete a b c | Invalid argument(s): b, c. An action name is required.",
                "action delete /a//b | '/a//b' is not a valid qualified name: A valid qualified name must be specified.",
                "namespace list x | Invalid argument(s): x. No arguments are required."
            })
    void wrongUseIsTwo(String line, String reason) {
        assertThat(wsk.run(line.split(" ")))
                .isEqualTo(new Wsk.Run(2, "", "error: " + reason + "\nRun 'wsk --help' for usage.\n"));
        assertThat(wsk.server().seen()).isEmpty();
    }

    @ParameterizedTest
    @Tag("L-29")
    @Tag("L-30")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense | unknown command \"nonsense\" for \"wsk\"",
                "action creat | unknown command \"creat\" for \"wsk action\"; did you mean create?",
                "action list --nonsense | unknown flag: --nonsense",
                "action list --limt 5 | unknown flag: --limt; did you mean --limit?",
                "action list -x | unknown flag: -x",
                "action list --limit many | Invalid value for option '--limit': 'many' is not a whole number",
                "action create a --kind | The option '--kind' needs a value: KIND",
                "action create a -m | The option '-m' needs a value: MB",
                "action invoke a -p | The parameter arguments are invalid: Arguments for '-p' must be a key/value pair",
                "action invoke a --param k | The parameter arguments are invalid: Arguments for '--param' must be a key/value pair",
                "package create p -a k | The annotation arguments are invalid: Arguments for '-a' must be a key/value pair",
                "action invoke a -P | The parameter arguments are invalid: An argument must be provided for '-P'",
                "package create p --annotation-file | The annotation arguments are invalid: An argument must be provided for '--annotation-file'",
                "action invoke a -p k {\"a\":1 | Invalid parameter argument 'k', which begins as JSON does: Unexpected end-of-input, at byte 6 (line 1, column 7)",
                "package create p -A list.json | Invalid annotation argument 'list.json': the file must hold a JSON object",
                "sdk install | The SDK component argument is missing. One component (docker, ios, or bashauto) must be specified",
                "sdk install ios docker | The SDK component argument is missing. One component (docker, ios, or bashauto) must be specified",
                "api create /shop orders get a | 'orders' must begin with '/'."
            })
    void whatCannotBeUnderstoodIsOne(String line, String reason) throws IOException {
        wsk.file("list.json", "[1]");

        assertThat(wsk.run(line.split(" ")))
                .isEqualTo(new Wsk.Run(1, "", "error: " + reason + "\nRun 'wsk --help' for usage.\n"));
        assertThat(wsk.server().seen()).isEmpty();
    }

    @ParameterizedTest
    @Tag("L-30")
    @CsvSource({"package, 1", "trigger, 1", "rule, 1", "activation, 1", "action, 2"})
    void aFieldThatThereIsNotIsWrongUseOfActionsOnly(String noun, int exitCode) {
        String help = exitCode == 2 ? "Run 'wsk --help' for usage.\n" : "";

        assertThat(wsk.run(noun, "get", "x", "nothing"))
                .isEqualTo(new Wsk.Run(exitCode, "", "error: Invalid field filter 'nothing'.\n" + help));
    }

    @Test
    void verboseShowsCallsButNoCredentials() {
        var run = wsk.answer(202, "{\"activationId\":\"" + ID + "\"}")
                .run("action", "-v", "invoke", "hello", "-p", "a", "1");

        assertThat(run.out()).isEqualTo("ok: invoked /_/hello with id " + ID + "\n");
        assertThat(run.err())
                .contains("[POST]\t" + wsk.server().url() + "/api/v1/namespaces/_/actions/hello?blocking=false")
                .contains("{\"a\":1}")
                .contains("Got response with code 202")
                .doesNotContain("secret")
                .doesNotContain("dXVpZDpzZWNyZXQ");
    }

    @Test
    @Tag("F-2")
    void verboseDoesNotShowTheKeyThatFeedsAreTold() {
        wsk.answer(200, "{}").answer(200, "{\"activationId\":\"" + ID + "\"}");

        var run = wsk.run("-d", "trigger", "create", "t", "--feed", "f");

        assertThat(wsk.server().last().body()).contains("uuid:secret");
        assertThat(run.err()).contains("\"authKey\":\"uuid:(not shown)\"").doesNotContain("uuid:secret");
    }

    @Test
    void aLargeUploadShowsABarOnATerminalOnly() throws IOException {
        wsk.file("large.js", "x".repeat(2 * 1024 * 1024));
        wsk.answer(200, "{}").answer(200, "{}");

        assertThat(wsk.run("action", "create", "a", "large.js").err()).isEmpty();
        assertThat(wsk.coloured().run("action", "create", "a", "large.js").err())
                .contains("\ruploading [======>                       ]  21 % of 2.0 MB")
                .contains("] 100 % of 2.0 MB")
                .endsWith("\r\u001b[K");
    }

    @Test
    @Tag("L-30")
    void anUploadThatIsCutOffIsThree() throws IOException {
        wsk.file("large.js", "x".repeat(2 * 1024 * 1024));
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> readSomeAndHangUp(listener));

            var run = wsk.run(
                    "action", "create", "a", "large.js", "--apihost", "http://127.0.0.1:" + listener.getLocalPort());

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .startsWith("error: Unable to create action 'a': cannot talk to http://127.0.0.1:")
                    .contains("Is the server running")
                    .containsOnlyOnce("\n");
        }
    }

    @Test
    void aCertificateWithoutItsKeyIsTold() {
        wsk.answer(200, "[]");

        assertThat(wsk.run("action", "list", "--cert", "cert.pem"))
                .isEqualTo(new Wsk.Run(
                        0, "actions\n", "warning: a client certificate needs both --cert and --key: none is used\n"));
    }

    @Test
    void theBarIsGoneBeforeAFailureIsTold() throws IOException {
        wsk.file("large.js", "x".repeat(2 * 1024 * 1024));
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> readSomeAndHangUp(listener));

            var run = wsk.coloured()
                    .run(
                            "action",
                            "create",
                            "a",
                            "large.js",
                            "--apihost",
                            "http://127.0.0.1:" + listener.getLocalPort());

            assertThat(run.err()).containsPattern("MB\r\u001b\\[K\u001b\\[31merror:");
        }
    }

    private static void readSomeAndHangUp(ServerSocket listener) {
        try (var connection = listener.accept()) {
            connection.getInputStream().readNBytes(100);
            connection.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.getInputStream().readNBytes(100_000);
        } catch (IOException _) {
            // the test sees it
        }
    }

    @Test
    void longBodiesAreCutUnlessEverythingIsWanted() throws IOException {
        wsk.file("a.js", "x".repeat(5_000));
        wsk.answer(200, "{}").answer(200, "{}");

        assertThat(wsk.run("-v", "action", "create", "a", "a.js").err()).hasSizeLessThan(3_000);
        assertThat(wsk.run("-d", "action", "create", "a", "a.js").err()).contains("x".repeat(5_000));
    }

    @Test
    void coloursAreForTerminals() {
        wsk.answer(200, "{}").answer(404, "{\"error\":\"gone\",\"code\":\"T\"}");

        assertThat(wsk.coloured().run("action", "delete", "a").out())
                .isEqualTo("\u001b[32mok:\u001b[0m deleted action \u001b[1ma\u001b[0m\n");
        assertThat(wsk.run("action", "delete", "a").err()).startsWith("\u001b[31merror:\u001b[0m Unable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action list --limit=5 | limit=5&skip=0",
                "action list -l5 -s=2 | limit=5&skip=2",
                "action list -nl 5 | limit=5&skip=0",
                "action --insecure=false list -l 1 -l 2 | limit=2&skip=0",
                "-u a:b action -v list --skip 3 | limit=30&skip=3"
            })
    void optionsAreWrittenInManyWays(String line, String query) {
        var run = wsk.answer(200, "[]").run(line.split(" "));

        assertThat(run.out()).isEqualTo("actions\n");
        assertThat(wsk.server().last().target()).endsWith("?" + query);
    }

    @Test
    void whatFollowsTwoDashesIsNoOption() {
        wsk.answer(200, "{}").run("action", "delete", "--", "--odd");

        assertThat(wsk.server().last().target()).endsWith("/actions/--odd");
    }

    @Test
    void theVersionIsTold() {
        assertThat(wsk.run("--version")).isEqualTo(new Wsk.Run(0, "wsk (Whirl) not set\n", ""));
    }

    @Test
    void valuesThatLookLikeOptionsOrFilesAreTakenAsTheyAre() {
        wsk.answer(202, "{\"activationId\":\"" + ID + "\"}")
                .run("action", "invoke", "a", "-p", "--web", "@file", "-p", "b", "-r");

        assertThat(wsk.server().last().body()).isEqualTo("{\"--web\":\"@file\",\"b\":\"-r\"}");
    }

    @Test
    void whatOptionsMeanStandsInOneColumn() {
        List<String> help = wsk.run("--help").out().lines().toList();

        assertThat(help)
                .filteredOn(line -> line.matches(" +-.*"))
                .hasSizeGreaterThan(8)
                .allMatch(line -> line.matches(".{30}  \\S.*"));
        assertThat(wsk.run("action", "--help").out()).contains("\n  -h, --help  show this help\n");
    }

    @Test
    void theWordHelpIsTheOption() {
        assertThat(wsk.run("help")).isEqualTo(wsk.run("--help"));
        assertThat(wsk.run("help", "action")).isEqualTo(wsk.run("action", "--help"));
        assertThat(wsk.run("help", "action", "create")).isEqualTo(wsk.run("action", "create", "--help"));
        assertThat(wsk.run("help", "acton").err()).contains("unknown command \"acton\"", "did you mean action?");
    }

    @Test
    @Tag("L-34")
    void filesOfTheCallerThatCannotBeReadAreTold() throws IOException {
        wsk.file("empty.pem", "");

        assertThat(wsk.run("action", "list", "--cert", "nope", "--key", "nope"))
                .isEqualTo(new Wsk.Run(1, "", "error: The client certificate 'nope' does not exist\n"));
        var empty = wsk.run("list", "--cert", "empty.pem", "--key", "empty.pem", "--apihost", "https://127.0.0.1:1");
        assertThat(empty.exitCode()).isEqualTo(1);
        assertThat(empty.err())
                .startsWith("error: Unable to obtain the list of Actions for namespace 'default': ")
                .contains("empty.pem holds no private key in PKCS #8")
                .doesNotContain("Is the server running");
        Files.write(folder.resolve(".wskprops"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        String reason = "'" + folder.resolve(".wskprops") + "': it is not text in UTF-8\n";
        assertThat(wsk.run("action", "list"))
                .isEqualTo(new Wsk.Run(1, "", "error: Unable to read the properties file " + reason));
        assertThat(wsk.run("property", "set", "--auth", "a:b").err()).endsWith(" in " + reason);
    }

    @Test
    @Tag("L-31")
    void aWebPageIsNoConnectionFailureAlone() {
        String address = wsk.server().url();
        wsk.answer(404, "<html>not here</html>")
                .answer(200, "<html>welcome</html>")
                .answer(200, "welcome")
                .answer(200, "<html>welcome</html>");

        String hint = "another web server, or a proxy, may stand at this address, " + address + ".";
        String shown = " 'wsk property get --apihost' shows it.\n";
        assertThat(wsk.run("action", "list").err())
                .endsWith(
                        "The connection failed, or timed out. (HTTP status code 404) There was an answer, a web page: "
                                + hint + shown);
        assertThat(wsk.run("action", "list").err())
                .endsWith(
                        "The answer was not understood: the body is not JSON (HTTP status code 200) There was an answer, a web page: "
                                + hint + shown);
        assertThat(wsk.run("action", "list").err())
                .endsWith("(HTTP status code 200) There was an answer, and not the one of an API: " + hint + shown);
        assertThat(wsk.run("action", "list", "--apihost", address).err()).endsWith(hint + "\n");
    }

    @Test
    @Tag("L-30")
    void anAddressThatIsASettingIsLookedForThere() throws IOException {
        wsk.file(".wskprops", "APIHOST=http://127.0.0.1:1\nAUTH=uuid:secret\n");

        assertThat(wsk.run("action", "list").err())
                .endsWith(
                        "is this its address? 'wsk property get --apihost' shows it, 'wsk property set --apihost HOST' changes it.\n");
    }

    @Test
    void helpOfTheWholeNamesAllGroups() {
        var run = wsk.run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Usage: wsk [OPTIONS] COMMAND\n");
        Groups.all()
                .groups()
                .forEach(group -> assertThat(run.out()).contains(group.name()).contains(group.summary()));
        assertThat(wsk.run("--help")).isEqualTo(run);
        assertThat(wsk.run("action").out())
                .startsWith("Usage: wsk action [OPTIONS] COMMAND\n")
                .contains("invoke  ");
    }

    @Test
    void helpOfTheWholeIsInTheOrderOfWhatPeopleDoWithExamples() {
        assertThat(wsk.run("--help").out())
                .containsSubsequence(
                        "\nDeploy functions:\n  action ",
                        "\n  dev ",
                        "\nHave them called:\n  trigger ",
                        "\nSee what happened and what there is:\n  activation ",
                        "\nSet up:\n  property ",
                        "\nExamples:\n  wsk property set --apihost http://localhost:3233 --auth UUID:KEY\n",
                        "  wsk action invoke hello --result --param name World\n");
    }

    @Test
    void aNameThatNoFileCanHaveIsAMistakeOfTheLine() {
        assertThat(wsk.run("action", "create", "a", "a\0.js"))
                .isEqualTo(
                        new Wsk.Run(
                                2,
                                "",
                                "error: 'a\0.js' cannot be the name of a file here: Nul character not allowed\nRun 'wsk --help' for usage.\n"));
    }

    @Test
    void aServerElsewhereIsReachedByTheProxyOfTheEnvironment() {
        wsk.with("http_proxy", wsk.server().url()).answer(200, "[]");

        assertThat(wsk.run("trigger", "list", "--apihost", "http://whirl.example")
                        .exitCode())
                .isZero();
        assertThat(wsk.server().last().target()).startsWith("http://whirl.example/api/v1/namespaces/_/triggers?");
        wsk.with("http_proxy", "socks5://proxy");
        assertThat(wsk.run("trigger", "list", "--apihost", "http://whirl.example"))
                .isEqualTo(
                        new Wsk.Run(
                                1,
                                "",
                                "error: The proxy cannot be used: HTTP_PROXY names a proxy of socks5://, and only http:// is understood\n"));
    }

    @Test
    void aFileOfAuthoritiesThatIsNotThereIsTold() {
        wsk.with("SSL_CERT_FILE", "nowhere.pem").answer(200, "[]");

        assertThat(wsk.run("trigger", "list", "--apihost", "https://whirl.example"))
                .isEqualTo(new Wsk.Run(
                        1, "", "error: SSL_CERT_FILE names 'nowhere.pem', which is not a file that can be read\n"));
        assertThat(wsk.run("trigger", "list").exitCode())
                .as("plain HTTP needs none")
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithExamples(String group, String verb) {
        var run = group.isEmpty() ? wsk.run(verb, "--help") : wsk.run(group, verb, "-h");

        String name = (group + " " + verb).strip();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("Usage: wsk " + name + " [OPTIONS]")
                .contains("\nExamples:\n  wsk ")
                .contains("--apihost");
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
    }

    static Stream<String[]> commands() {
        Stream<String[]> grouped = Groups.all().groups().stream()
                .flatMap(group -> group.verbs().stream().map(verb -> new String[] {group.name(), verb.name()}));
        return Stream.concat(
                grouped,
                Groups.all().plain().stream().map(CommandGroup.Verb::name).map(name -> new String[] {"", name}));
    }
}
