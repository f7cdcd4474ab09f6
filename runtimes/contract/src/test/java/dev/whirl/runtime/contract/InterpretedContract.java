package dev.whirl.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;
import dev.whirl.runtime.contract.TestSandbox.Answer;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What runtimes have in common that take source code or archives of it.
abstract class InterpretedContract extends RuntimeContract {
    private static final long BOMB_BYTES = 600L << 20;

    /// The file that an archive must hold, with this code.
    abstract String mainFile();

    String evilArchiveReason(byte[] archive) throws Exception {
        try (var sandbox = start()) {
            Answer answer = sandbox.init(ActionCode.binary(archive));
            assertThat(answer.status()).isEqualTo(502);
            return answer.error();
        }
    }

    @Test
    @Tag("K-26")
    void anotherEntryPointIsCalledByItsName() throws Exception {
        try (var sandbox = start().with(action("other-entry").withMain("niam"))) {
            assertThat(sandbox.run("{\"text\":\"x\"}").body().compact())
                    .hasToString("{\"from\":\"niam\",\"text\":\"x\"}");
        }
    }

    @Test
    @Tag("K-12")
    void aWrongEntryPointIsNamed() throws Exception {
        try (var sandbox = start()) {
            Answer answer = sandbox.init(action("echo").withMain("nowhere"));

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.error()).contains(noEntryPoint());
        }
    }

    /// A language may have no value for it; then the run fails, and nothing is lost in silence.
    @Test
    @Tag("K-11")
    @Tag("attack-26")
    void argumentsThatTheLanguageCannotReadAreNotLostInSilence() throws Exception {
        try (var sandbox = start("echo")) {
            for (String odd : new String[] {"\"\\ud800\"", "1e400"}) {
                Answer answer = sandbox.run("{\"keep\":1,\"odd\":" + odd + "}");

                assertThat(answer.status() != 200
                                || answer.body().hasField("error")
                                || answer.body().hasField("keep"))
                        .as(answer.toString())
                        .isTrue();
                assertThat(sandbox.run("{\"i\":1}").body().compact()).hasToString("{\"i\":1}");
            }
        }
    }

    /// What is said of an entry point `nowhere`.
    String noEntryPoint() {
        return "Action entrypoint 'nowhere' is not a function.";
    }

    @Test
    @Tag("K-12")
    @Tag("K-16")
    void aSyntaxErrorNamesTheLineInTheAnswerAndInTheLogs() throws Exception {
        try (var sandbox = start()) {
            var activation = ActivationId.random();
            var reply = sandbox.init(action("syntax-error").init(Map.of()), activation);

            assertThat(reply.toString()).isNotEmpty();
            assertThat(TestSandbox.answer(reply).error())
                    .startsWith("Initialization has failed due to: ")
                    .contains(syntaxError())
                    .containsPattern("(:|line )3\\b");
            assertThat(sandbox.lines(activation)).anyMatch(line -> line.matches("stderr: .*(:|line )3\\b.*"));
        }
    }

    /// How the language calls what the action `syntax-error` has in its third line.
    String syntaxError() {
        return "SyntaxError";
    }

    @Test
    @Tag("attack-2")
    void anActionCannotChangeTheRuntimeForAttack2() throws Exception {
        try (var sandbox = start("overwrites")) {
            Answer answer = sandbox.run("{}");

            assertThat(answer.body().field("results").orElseThrow().elements())
                    .isNotEmpty()
                    .doesNotContain(RawJson.string("written"));
        }
    }

    @Test
    @Tag("attack-26")
    void anArchiveThatLeadsOutOfItsFolderIsRefusedForAttack26() throws Exception {
        for (String name : new String[] {"../evil", "a/../../evil", "/tmp/evil", "..\\evil"}) {
            assertThat(evilArchiveReason(Archives.zip(Map.of(name, "x", mainFile(), ""))))
                    .contains("The action archive holds a path that leads out of its folder: '" + name + "'.");
        }
    }

    @Test
    @Tag("attack-26")
    void anArchiveWithALinkOutOfItsFolderIsRefusedForAttack26() throws Exception {
        for (String target : new String[] {"/etc/passwd", "../../etc"}) {
            assertThat(evilArchiveReason(Archives.linkZip("link", target)))
                    .contains("The action archive holds a link that leads out of its folder: 'link'.");
        }
    }

    @Test
    @Tag("attack-26")
    void aZipBombIsRefusedForAttack26() throws Exception {
        assertThat(evilArchiveReason(Archives.bomb(mainFile(), BOMB_BYTES)))
                .containsPattern("The action archive expands to more than \\d+ bytes\\.");
    }

    @Test
    @Tag("attack-26")
    void aZipBombThatLiesAboutItsSizeIsRefusedForAttack26() throws Exception {
        byte[] bomb = Archives.withDeclaredSize(Archives.bomb(mainFile(), BOMB_BYTES), 16);

        assertThat(evilArchiveReason(bomb)).contains("The action archive is damaged: ");
    }

    @Test
    @Tag("attack-26")
    void whatIsNoArchiveOrHalfAnArchiveIsRefusedForAttack26() throws Exception {
        byte[] whole = Archives.zip(Map.of(mainFile(), "x".repeat(10_000)));

        assertThat(evilArchiveReason("not an archive".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .contains("The action archive is");
        assertThat(evilArchiveReason(java.util.Arrays.copyOf(whole, whole.length / 2)))
                .contains("The action archive is damaged: ");
    }
}
