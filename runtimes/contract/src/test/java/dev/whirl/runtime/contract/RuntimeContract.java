package dev.whirl.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;
import dev.whirl.runtime.contract.TestSandbox.Answer;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.Sandbox;
import dev.whirl.sandbox.SandboxException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What all runtimes have in common. A subclass says which runtime it is and gives its actions.
@Timeout(60)
abstract class RuntimeContract {
    static final String NO_DOCUMENT = "The action did not return a dictionary or array.";

    /// As in the runtime's description.
    abstract String kind();

    /// An action in this runtime's language, by what it does: `echo`, `prints`, `no-document`, `environment`, `exits`,
    /// `slow`.
    abstract ActionCode action(String name);

    TestSandbox start() throws SandboxException, InterruptedException {
        return Backend.start(kind());
    }

    TestSandbox start(String action) throws SandboxException, InterruptedException {
        return start().with(action(action));
    }

    @Test
    @Tag("K-11")
    @Tag("K-12")
    @Tag("K-26")
    void argumentsComeBackAsTheyWent() throws Exception {
        try (var sandbox = start("echo")) {
            String arguments = "{\"text\":\"a \\\"quoted\\\" \\\\ line\\n\",\"list\":[1,-2.5,true,null,{\"deep\":{}}]}";

            Answer answer = sandbox.run(arguments);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().field("list").orElseThrow().compact())
                    .hasToString("[1,-2.5,true,null,{\"deep\":%s}]".formatted(emptyObject()));
            assertThat(answer.body().field("text").flatMap(RawJson::asText)).hasValue("a \"quoted\" \\ line\n");
        }
    }

    /// What an empty object inside of another one becomes on its way through an action.
    String emptyObject() {
        return "{}";
    }

    @Test
    @Tag("K-26")
    void unicodeGoesBothWays() throws Exception {
        try (var sandbox = start("echo")) {
            String text = "Grüße ☃ 日本語 😀 \u0000 \u2028";

            Answer answer =
                    sandbox.run(RawJson.object("text", RawJson.string(text)).toString());

            assertThat(answer.body().field("text").flatMap(RawJson::asText)).hasValue(text);
        }
    }

    @Test
    @Tag("R-80")
    @Tag("K-12")
    void arraysGoInAndOut() throws Exception {
        try (var sandbox = start("echo")) {
            Answer answer = sandbox.run("[1,{\"a\":[\"b\"]}]");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().compact()).hasToString("[1,{\"a\":[\"b\"]}]");
        }
    }

    @Test
    @Tag("K-26")
    void argumentsOfMoreThanAMegabyteArrive() throws Exception {
        try (var sandbox = start("echo")) {
            String text = "x".repeat(1_500_000);

            Answer answer = sandbox.run("{\"text\":\"" + text + "\"}");

            assertThat(answer.body().field("text").flatMap(RawJson::asText)).hasValue(text);
        }
    }

    @Test
    @Tag("attack-26")
    void argumentsMayBeAsDeepAsTheServerLetsThemForAttack26() throws Exception {
        try (var sandbox = start("echo")) {
            String deep = "[".repeat(490) + "]".repeat(490);

            Answer answer = sandbox.run(deep);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().compact()).hasToString(deep);
        }
    }

    @Test
    @Tag("K-12")
    @Tag("K-26")
    void aResultThatIsNoDocumentIsTheDevelopersError() throws Exception {
        try (var sandbox = start("no-document")) {
            assertThat(sandbox.run("{}"))
                    .extracting(Answer::status, Answer::error)
                    .containsExactly(502, NO_DOCUMENT);
        }
    }

    @Test
    @Tag("K-17")
    @Tag("K-26")
    void anInitWithoutCodeIsRefused() throws Exception {
        try (var sandbox = start()) {
            assertThat(sandbox.initWithoutCode())
                    .extracting(Answer::status, Answer::error)
                    .containsExactly(403, "Missing main/no code to execute.");
        }
    }

    @Test
    @Tag("K-17")
    @Tag("K-26")
    void anInitWithEmptyCodeIsRefused() throws Exception {
        try (var sandbox = start()) {
            assertThat(sandbox.init(ActionCode.source("")))
                    .extracting(Answer::status, Answer::error)
                    .containsExactly(403, "Missing main/no code to execute.");
        }
    }

    @Test
    @Tag("K-17")
    @Tag("K-26")
    @Tag("attack-1")
    void aSecondInitIsRefusedAndChangesNothing() throws Exception {
        try (var sandbox = start("echo")) {
            Answer second = sandbox.init(action("no-document"));

            assertThat(second)
                    .extracting(Answer::status, Answer::error)
                    .containsExactly(403, "Cannot initialize the action more than once.");
            assertThat(sandbox.run("{\"first\":1}").body().compact()).hasToString("{\"first\":1}");
        }
    }

    @Test
    @Tag("K-17")
    void aRunBeforeTheInitIsRefused() throws Exception {
        try (var sandbox = start()) {
            assertThat(sandbox.run("{}"))
                    .extracting(Answer::status, Answer::error)
                    .containsExactly(403, "The action has not been initialized.");
        }
    }

    @Test
    @Tag("K-16")
    @Tag("K-26")
    void whatIsPrintedComesInTheOrderOfWriting() throws Exception {
        try (var sandbox = start("prints")) {
            var activation = ActivationId.random();

            sandbox.run(activation, "{\"text\":\"fünf ☃\"}");

            assertThat(sandbox.lines(activation))
                    .containsExactly(
                            "stdout: one", "stderr: two", "stdout: three", "stdout: four", "stderr: five fünf ☃");
        }
    }

    @Test
    @Tag("K-16")
    void whatIsPrintedBelongsToItsRun() throws Exception {
        try (var sandbox = start("prints")) {
            var first = ActivationId.random();
            var second = ActivationId.random();

            sandbox.run(first, "{\"text\":\"1\"}");
            sandbox.run(second, "{\"text\":\"2\"}");

            assertThat(sandbox.lines(first)).hasSize(5).contains("stderr: five 1");
            assertThat(sandbox.lines(second)).hasSize(5).contains("stderr: five 2");
        }
    }

    @Test
    @Tag("K-10")
    @Tag("K-26")
    void theEnvironmentOfTheInitIsThereFromTheStart() throws Exception {
        try (var sandbox = start("environment")) {
            Answer answer = sandbox.run("{\"names\":[\"GREETING\",\"__OW_NAMESPACE\",\"WHIRL_SOCKET\"]}");

            String expected = "{\"GREETING\":\"hello ☃\",\"__OW_NAMESPACE\":\"guest\",\"WHIRL_SOCKET\":\"absent\"}";
            assertThat(picked(answer, "atInit"))
                    .isEqualTo(TestSandbox.json(expected).fields());
            assertThat(picked(answer, "atRun"))
                    .isEqualTo(TestSandbox.json(expected).fields());
        }
    }

    @Test
    @Tag("K-11")
    @Tag("K-26")
    @Tag("attack-7")
    void theEnvironmentOfARunIsItsOwnAndAKeyDoesNotStayForAttack7() throws Exception {
        try (var sandbox = start("environment")) {
            String names = "{\"names\":[\"__OW_TRANSACTION_ID\",\"__OW_API_KEY\",\"__OW_ACTION_NAME\"]}";

            Answer first = sandbox.run(names, Map.of("transaction_id", "one", "api_key", "secret"));
            Answer second = sandbox.run(names, Map.of("transaction_id", "two"));

            assertThat(picked(first, "atRun"))
                    .containsEntry("__OW_TRANSACTION_ID", RawJson.string("one"))
                    .containsEntry("__OW_API_KEY", RawJson.string("secret"))
                    .containsEntry("__OW_ACTION_NAME", RawJson.string("/guest/action"));
            if (followsTheEnvironmentOfARun()) {
                assertThat(picked(second, "atRun"))
                        .containsEntry("__OW_TRANSACTION_ID", RawJson.string("two"))
                        .containsEntry("__OW_API_KEY", RawJson.string("absent"));
            }
        }
    }

    /// The C library gives back no text that `setenv` got: what changes with each run must not go that way. What this
    /// sends is more than the sandbox may have.
    @Test
    @Tag("K-11")
    void theVariablesOfRunsDoNotFillTheMemory() throws Exception {
        String padding = "x".repeat(100_000);
        try (var sandbox = start("echo")) {
            for (int i = 0; i < manyRuns(); i++) {
                Answer answer = sandbox.run("{}", Map.of("transaction_id", i + padding));
                assertThat(answer.status()).as("run %d", i).isEqualTo(200);
            }
        }
    }

    /// So many that what they send, 100 kB each, is more than a sandbox may have.
    int manyRuns() {
        return 3_000;
    }

    /// False where the environment cannot change after the start, and the program reads the request itself.
    boolean followsTheEnvironmentOfARun() {
        return true;
    }

    @Test
    @Tag("K-14")
    void aRunThatNeverAnswersTimesOut() throws Exception {
        try (var sandbox = start("slow")) {
            Reply reply = sandbox.run(ActivationId.random(), "{}", Map.of(), Duration.ofMillis(300));

            assertThat(reply).isInstanceOf(Reply.TimedOut.class);
        }
    }

    @Test
    @Tag("K-11")
    void oneSandboxServesManyRuns() throws Exception {
        try (var sandbox = start("echo")) {
            for (int i = 0; i < 50; i++) {
                assertThat(sandbox.run("{\"i\":" + i + "}").body().compact()).hasToString("{\"i\":" + i + "}");
            }
            assertThat(sandbox.sandbox().inspect()).isEqualTo(Sandbox.Condition.CLEAN);
        }
    }

    static Map<String, RawJson> picked(Answer answer, String field) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body().field(field).orElse(RawJson.EMPTY_OBJECT).fields();
    }
}
