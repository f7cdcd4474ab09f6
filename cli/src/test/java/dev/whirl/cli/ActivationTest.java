package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.client.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ActivationTest extends WskTest {
    private static final String RECORD = "{\"namespace\":\"guest\",\"name\":\"hello\",\"activationId\":\"" + ID
            + "\",\"start\":1767225600000,\"end\":1767225601500,\"response\":{\"status\":\"application error\",\"success\":false,\"result\":{\"error\":\"no\"}},"
            + "\"logs\":[\"2026-01-01T00:00:00.123456789Z stdout: first\",\"2026-01-01T00:00:00.1Z           stderr:   indented\"]}";

    @Test
    @Tag("L-6")
    @Tag("L-26")
    void theTableFitsItsKindsAndStatuses() {
        var run = wsk.answer(
                        200,
                        "[{\"namespace\":\"guest\",\"name\":\"hello\",\"version\":\"0.0.1\",\"activationId\":\"" + ID
                                + "\",\"start\":1767225600000,\"end\":1767225600012,\"duration\":12,\"statusCode\":0,"
                                + "\"annotations\":[{\"key\":\"kind\",\"value\":\"nodejs:20\"},{\"key\":\"initTime\",\"value\":3}]},"
                                + "{\"namespace\":\"a-namespace-with-a-long-name\",\"name\":\"an-action-with-a-name-that-is-far-too-long\",\"version\":\"0.0.2\",\"activationId\":\""
                                + ID
                                + "\",\"start\":1767225600000,\"duration\":61500,\"statusCode\":1,\"annotations\":[{\"key\":\"kind\",\"value\":\"python:3.11\"}]},"
                                + "{\"namespace\":\"guest\",\"name\":\"tick\",\"version\":\"0.0.1\",\"activationId\":\""
                                + ID
                                + "\",\"start\":1767225600000,\"statusCode\":0,\"annotations\":[]}]")
                .run("activation", "list");

        assertThat(run.out()).isEqualTo("""
                        Datetime            Activation ID                    Kind        Start Duration   Status            Entity
                        2026-01-01 00:00:00 44794bd6aab74415b4e42a308d880e5b nodejs:20   cold  12ms       success           guest/hello:0.0.1
                        2026-01-01 00:00:00 44794bd6aab74415b4e42a308d880e5b python:3.11 warm  1m1.5s     application error a-namespac...ng-name/an-action-with-...far-too-long:0.0.2
                        2026-01-01 00:00:00 44794bd6aab74415b4e42a308d880e5b unknown     warm  0s         success           guest/tick:0.0.1
                        """);
        assertThat(wsk.server().last().target()).isEqualTo("/api/v1/namespaces/_/activations?limit=30&skip=0");
    }

    @Test
    @Tag("L-6")
    void filtersReachTheServer() {
        var run = wsk.answer(200, "[" + RECORD + "]")
                .run("activation", "list", "utils/hello", "-l", "5", "-s", "1", "--since", "10", "--upto", "20", "-f");

        assertThat(run.out()).startsWith("activations\n{\n    \"namespace\": \"guest\",\n");
        assertThat(wsk.server().last().target())
                .endsWith("/activations?limit=5&skip=1&name=utils%2Fhello&since=10&upto=20&docs=true");
    }

    @Test
    @Tag("L-6")
    @Tag("L-10")
    void theNamespaceOfTheArgumentIsTheOneThatIsAsked() {
        wsk.answer(200, "[]").answer(200, "[]").answer(404, "{\"error\":\"no\",\"code\":\"T\"}");

        wsk.run("activation", "list", "/other");
        assertThat(wsk.server().last().target()).isEqualTo("/api/v1/namespaces/other/activations?limit=30&skip=0");
        wsk.run("activation", "list", "/other/utils/hello", "-l", "1");
        assertThat(wsk.server().last().target())
                .isEqualTo("/api/v1/namespaces/other/activations?limit=1&skip=0&name=utils%2Fhello");
        assertThat(wsk.run("activation", "list", "/other").err())
                .startsWith("error: Unable to obtain the list of activations for namespace 'other': no");
        wsk.answer(200, "[]").answer(200, "[]").run("activation", "poll", "/other", "--exit", "1");
        assertThat(wsk.server().last().target()).startsWith("/api/v1/namespaces/other/activations?limit=0");
        wsk.answer(403, "{\"error\":\"no\",\"code\":\"T\"}").run("activation", "logs", "--follow", "/other/hello");
        assertThat(wsk.server().last().target()).startsWith("/api/v1/namespaces/other/activations?limit=1");
    }

    @Test
    @Tag("L-7")
    @Tag("L-8")
    @Tag("L-9")
    @Tag("L-34")
    void theNamespaceOfThePropertiesIsTheDefault() throws IOException {
        wsk.file(".wskprops", "APIHOST=" + wsk.server().url() + "\nAUTH=a:b\nNAMESPACE=team\n");
        wsk.answer(200, "[]").answer(200, "[" + RECORD + "]").answer(200, RECORD);
        wsk.answer(200, "{\"logs\":[]}").answer(200, "{\"result\":{}}");

        wsk.run("activation", "list");
        wsk.run("activation", "get", "--last");
        wsk.run("activation", "logs", ID);
        wsk.run("activation", "result", ID);

        assertThat(wsk.server().seen())
                .hasSize(5)
                .allMatch(seen -> seen.target().startsWith("/api/v1/namespaces/team/activations"));
    }

    @Test
    @Tag("L-26")
    void aLongVersionIsCut() {
        wsk.answer(200, "[{\"namespace\":\"guest\",\"name\":\"a\",\"version\":\"1234567890.1234567890.12\"}]");

        assertThat(wsk.run("activation", "list").out()).endsWith(" guest/a:1234567890...7890.12\n");
    }

    @Test
    @Tag("L-26")
    void theStatusIsColouredOnATerminalUnlessThatIsForbidden() {
        String list = "[{\"name\":\"a\",\"statusCode\":0},{\"name\":\"a\",\"statusCode\":1}]";
        wsk.answer(200, list).answer(200, list).answer(200, list);

        String plain = wsk.run("activation", "list").out();
        String coloured = wsk.coloured().run("activation", "list").out();
        assertThat(coloured).contains("\u001b[32msuccess\u001b[0m           ", "\u001b[31mapplication error\u001b[0m ");
        assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain);
        assertThat(wsk.with("NO_COLOR", "1").run("activation", "list").out()).isEqualTo(plain);
    }

    @Test
    @Tag("L-7")
    @Tag("L-24")
    void aRecordOrOneOfItsFieldsIsShown() {
        wsk.answer(200, RECORD).answer(200, RECORD);

        var whole = wsk.run("activation", "get", ID);
        assertThat(whole.exitCode()).isZero();
        assertThat(whole.out()).startsWith("ok: got activation " + ID + "\n{\n    \"namespace\": \"guest\",");
        assertThat(wsk.run("activation", "get", ID, "activationid").out())
                .isEqualTo("ok: got activation " + ID + ", displaying field activationid\n\"" + ID + "\"\n");
    }

    @Test
    @Tag("L-7")
    @Tag("L-28")
    void summaryAndLogsOfARecord() {
        wsk.answer(200, RECORD).answer(200, RECORD);

        assertThat(wsk.run("activation", "get", ID, "--summary").out())
                .isEqualTo(
                        "activation result for '/guest/hello' (application error at 2026-01-01 00:00:01 +0000 Z)\n{\n    \"error\": \"no\"\n}\n");
        assertThat(wsk.run("activation", "get", ID, "-g").out()).isEqualTo("first\n  indented\n");
    }

    @Test
    @Tag("L-7")
    @Tag("L-8")
    @Tag("L-9")
    void lastMeansTheLatestActivation() {
        wsk.answer(200, "[" + RECORD + "]")
                .answer(200, RECORD)
                .answer(200, "[" + RECORD + "]")
                .answer(200, "{\"logs\":[\"x\"]}")
                .answer(200, "[" + RECORD + "]")
                .answer(200, "{\"result\":{\"a\":1},\"success\":false,\"status\":\"application error\"}")
                .answer(200, "[]");

        assertThat(wsk.run("activation", "get", "--last", "name").out())
                .isEqualTo("ok: got activation " + ID + ", displaying field name\n\"hello\"\n");
        assertThat(wsk.server().seen().getFirst().target()).endsWith("/activations?limit=1&skip=0");
        assertThat(wsk.run("activation", "logs", "-l").out()).isEqualTo("x\n");
        assertThat(wsk.run("activation", "result", "--last")).isEqualTo(new Wsk.Run(0, "{\n    \"a\": 1\n}\n", ""));
        assertThat(wsk.run("activation", "logs", "--last"))
                .isEqualTo(
                        new Wsk.Run(
                                1,
                                "",
                                "error: Unable to get logs for activation: Activation list does not contain any activations.\n"));
    }

    @Test
    @Tag("L-9")
    void theResultOfAnActivationIsPrintedAlone() {
        wsk.answer(200, "{\"result\":{\"a\":1,\"b\":[\"ü\"]},\"success\":true,\"status\":\"success\",\"size\":17}");

        assertThat(wsk.run("activation", "result", ID))
                .isEqualTo(new Wsk.Run(0, "{\n    \"a\": 1,\n    \"b\": [\n        \"ü\"\n    ]\n}\n", ""));
        assertThat(wsk.server().seen().getFirst().target()).endsWith("/activations/" + ID + "/result");
    }

    @Test
    @Tag("L-8")
    void logsCanBeStripped() {
        String logs = "{\"logs\":[\"2026-01-01T00:00:00.123456789Z stdout: hello\",\"Logs were lost\"]}";
        wsk.answer(200, logs).answer(200, logs);

        assertThat(wsk.run("activation", "logs", ID).out())
                .isEqualTo("2026-01-01T00:00:00.123456789Z stdout: hello\nLogs were lost\n");
        assertThat(wsk.run("activation", "logs", ID, "--strip").out()).isEqualTo("hello\nLogs were lost\n");
    }

    @ParameterizedTest
    @Tag("L-29")
    @CsvSource({
        "get, Unable to get activation",
        "logs, Unable to get logs for activation",
        "result, Unable to get result for activation"
    })
    void whatIsNotThereIsTold(String verb, String sentence) {
        var run = wsk.answer(404, "{\"error\":\"The requested resource does not exist.\",\"code\":\"T\"}")
                .run("activation", verb, ID);

        assertThat(run)
                .isEqualTo(new Wsk.Run(
                        148,
                        "",
                        "error: " + sentence + " '" + ID + "': The requested resource does not exist. (code T)\n"));
        assertThat(wsk.run("activation", verb).err())
                .isEqualTo("error: Invalid argument(s). An activation ID is required.\nRun 'wsk --help' for usage.\n");
    }

    @Test
    @Tag("L-10")
    @Tag("L-27")
    void pollPrintsLogsOfWhatIsNew() {
        wsk.answer(200, "[{\"activationId\":\"a\",\"start\":100000}]")
                .answer(
                        200,
                        "[{\"activationId\":\"c\",\"name\":\"two\",\"start\":200000,\"logs\":[]},{\"activationId\":\"b\",\"name\":\"one\",\"start\":150000,\"logs\":[\"x\"]}]")
                .answer(200, "[{\"activationId\":\"c\",\"name\":\"two\",\"start\":200000,\"logs\":[]}]");

        var run = wsk.run("activation", "poll", "--exit", "1");

        assertThat(run).isEqualTo(new Wsk.Run(0, """
                        Enter Ctrl-c to exit.
                        Polling for activation logs

                        Activation: 'one' (b)
                        [
                            "x"
                        ]

                        Activation: 'two' (c)
                        []
                        """, ""));
        assertThat(wsk.server().seen())
                .extracting(ScriptedServer.Seen::target)
                .containsExactly(
                        "/api/v1/namespaces/_/activations?limit=1&skip=0&docs=true",
                        "/api/v1/namespaces/_/activations?limit=0&skip=0&since=100001&docs=true",
                        "/api/v1/namespaces/_/activations?limit=0&skip=0&since=140000&docs=true");
    }

    @Test
    @Tag("L-10")
    void pollCanStartInThePastAndForOneAction() {
        wsk.answer(200, "[]").answer(200, "[]");
        long before = System.currentTimeMillis();

        String past = "--since-days 2 --since-hours 3 --since-minutes 5 --since-seconds 1";
        wsk.run(("activation poll hello " + past + " -e 1").split(" "));

        String target = wsk.server().seen().getFirst().target();
        assertThat(target).contains("&name=hello&");
        long since = Long.parseLong(target.replaceFirst(".*since=([0-9]+).*", "$1"));
        long millis = Duration.parse("P2DT3H5M1S").toMillis();
        assertThat(since).isBetween(before - millis, System.currentTimeMillis() - millis);
    }

    @Test
    @Tag("L-10")
    void pollSurvivesAServerThatIsRestarted() {
        wsk.answer(200, "[]")
                .answer(503, "{\"error\":\"overloaded\",\"code\":\"T\"}")
                .answer(200, "[]");

        var run = wsk.run("activation", "poll", "--exit", "1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo("error: Unable to poll: overloaded (code T); trying again\n");
    }

    @Test
    @Tag("L-10")
    void pollPrintsNothingOldWhenTheServerComesBack() {
        wsk.answer(503, "{\"error\":\"overloaded\",\"code\":\"T\"}")
                .answer(200, "[{\"activationId\":\"a\",\"start\":100000}]")
                .answer(200, "[]");

        var run = wsk.run("activation", "poll", "--exit", "1");

        assertThat(run.err()).isEqualTo("error: Unable to poll: overloaded (code T); trying again\n");
        assertThat(wsk.server().last().target())
                .isEqualTo("/api/v1/namespaces/_/activations?limit=0&skip=0&since=100001&docs=true");
    }

    @Test
    @Tag("L-10")
    void pollWithAWrongKeyEnds() {
        var run = wsk.answer(401, "{\"error\":\"The supplied authentication is invalid\",\"code\":\"T\"}")
                .run("activation", "poll");

        assertThat(run.exitCode()).isEqualTo(145);
    }

    @Test
    void followingShowsLogsOfWhatEndsFromNowOnWithNames() throws Exception {
        String later = RECORD.replace("1767225600000", "4070908800000");
        wsk.answer(200, "[" + RECORD + "]")
                .answer(200, "[" + later + "]")
                .answer(401, "{\"error\":\"no\",\"code\":\"T\"}");

        var run = wsk.run("activation", "logs", "--follow", "hello", "--strip");

        assertThat(run.out()).isEqualTo("""
                hello | first
                hello |   indented
                hello | application error: {"error":"no"}
                """);
        assertThat(run).extracting(Wsk.Run::exitCode).isEqualTo(145);
        assertThat(wsk.server().seen().get(1).target())
                .as("after the newest record, by the server's clock")
                .contains("name=hello", "docs=true", "since=1767225600001");
        assertThat(wsk.run("activation", "logs", "--follow", "--last").exitCode())
                .isEqualTo(2);
    }

    @Test
    @Tag("L-7")
    void aRecordCanBePrintedBare() {
        wsk.answer(200, RECORD);

        assertThat(wsk.run("activation", "get", ID, "response", "-o", "yaml").out())
                .isEqualTo("status: application error\nsuccess: false\nresult:\n  error: \"no\"\n");
    }
}
