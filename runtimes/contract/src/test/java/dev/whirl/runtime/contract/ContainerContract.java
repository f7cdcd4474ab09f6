package dev.whirl.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;
import dev.whirl.runtime.contract.TestSandbox.Answer;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.Sandbox;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the contract comes to over HTTP, in containers of the images themselves: a few containers for each language,
/// since the same launchers pass all of it as processes.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainerContract {
    private static final Map<String, String> ENDINGS = Map.of("go", "go", "php", "php", "ruby", "rb", "rust", "rs");

    private final Map<String, String> kinds;

    @SuppressWarnings("NullAway.Init")
    private ContainerBackend backend;

    /// @param kinds by language
    ContainerContract(Map<String, String> kinds) {
        this.kinds = Map.copyOf(kinds);
    }

    @BeforeAll
    void open() throws Exception {
        kinds.values().forEach(Toolchain::requireOfDebian);
        backend = new ContainerBackend(kinds.keySet().toArray(String[]::new));
    }

    @AfterAll
    void close() {
        if (backend != null) {
            backend.close();
        }
    }

    Iterable<String> languages() {
        return kinds.keySet();
    }

    private ActionCode action(String language, String name) {
        return ActionCode.resource("%s/%s.%s".formatted(language, name, ENDINGS.get(language)));
    }

    @ParameterizedTest
    @Tag("K-11")
    @Tag("K-12")
    @Tag("K-13")
    @Tag("K-17")
    @MethodSource("languages")
    void documentsComeAndGoManyTimesAndTheCodeStays(String language) throws Exception {
        try (var sandbox = backend.start(language)) {
            assertThat(sandbox.run("{}").status()).isEqualTo(403);
            assertThat(sandbox.initWithoutCode().error()).isEqualTo("Missing main/no code to execute.");
            sandbox.with(action(language, "echo"));
            assertThat(sandbox.init(action(language, "no-document")).error())
                    .isEqualTo("Cannot initialize the action more than once.");

            String text = "Grüße ☃ 😀 \u2028\n" + "x".repeat(100_000);
            Answer large =
                    sandbox.run(RawJson.object("text", RawJson.string(text)).toString());
            assertThat(large.body().field("text").flatMap(RawJson::asText)).hasValue(text);
            assertThat(sandbox.run("[1,{\"a\":[\"b\"]}]").body().compact()).hasToString("[1,{\"a\":[\"b\"]}]");
            for (int i = 0; i < 50; i++) {
                assertThat(sandbox.run("{\"i\":" + i + "}").body().compact()).hasToString("{\"i\":" + i + "}");
            }

            var silent = ActivationId.random();
            sandbox.run(silent, "{}");
            assertThat(sandbox.sandbox().collectLogs(silent)).isEqualTo(CollectedLogs.NONE);
            assertThat(sandbox.sandbox().inspect()).isEqualTo(Sandbox.Condition.CLEAN);
        }
    }

    @ParameterizedTest
    @Tag("K-16")
    @MethodSource("languages")
    void whatIsPrintedBelongsToItsRun(String language) throws Exception {
        try (var sandbox = backend.start(language).with(action(language, "prints"))) {
            for (String text : new String[] {"fünf ☃", "again"}) {
                var activation = ActivationId.random();

                sandbox.run(activation, "{\"text\":\"" + text + "\"}");

                assertThat(sandbox.lines(activation))
                        .containsExactlyInAnyOrder(
                                "stdout: one", "stderr: two", "stdout: three", "stdout: four", "stderr: five " + text);
            }
        }
    }

    @ParameterizedTest
    @Tag("K-10")
    @Tag("K-11")
    @Tag("attack-7")
    @MethodSource("languages")
    void theEnvironmentIsThatOfTheInitAndOfTheRun(String language) throws Exception {
        try (var sandbox = backend.start(language).with(action(language, "environment"))) {
            String names = "{\"names\":[\"GREETING\",\"__OW_API_KEY\"]}";

            Answer first = sandbox.run(names, Map.of("api_key", "secret"));
            Answer second = sandbox.run(names, Map.of());

            assertThat(RuntimeContract.picked(first, "atInit")).containsEntry("GREETING", RawJson.string("hello ☃"));
            assertThat(RuntimeContract.picked(first, "atRun")).containsEntry("__OW_API_KEY", RawJson.string("secret"));
            assertThat(RuntimeContract.picked(second, "atRun")).containsEntry("__OW_API_KEY", RawJson.string("absent"));
        }
    }

    @ParameterizedTest
    @Tag("K-12")
    @MethodSource("languages")
    void codeThatIsNotRightIsRefusedWithItsProblemInTheLogs(String language) throws Exception {
        try (var sandbox = backend.start(language)) {
            var activation = ActivationId.random();
            RawJson init = action(language, "syntax-error").init(TestSandbox.INIT_ENVIRONMENT);

            Answer answer = TestSandbox.answer(sandbox.init(init, activation));

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.error()).startsWith("Initialization has failed due to: ");
            assertThat(sandbox.lines(activation)).isNotEmpty();
        }
    }
}
