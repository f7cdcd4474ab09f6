package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is known to be refused is told before anything is sent, all of it.
@Tag("L-22")
final class ProjectChecksTest extends ProjectTest {
    private static final String LIMITS = "/api/v1/namespaces/_/limits";

    @BeforeEach
    void sayWhatIsAllowed() {
        wsk.server().standing(LIMITS, 200, """
                {"minActionTimeout":100,"maxActionTimeout":300000,"minActionMemory":128,"maxActionMemory":512,
                 "minActionLogs":0,"maxActionLogs":10,"minActionConcurrency":1,"maxActionConcurrency":1,
                 "maxParameterSize":"1000 B"}
                """);
        wsk.server()
                .standing(
                        "/",
                        200,
                        "{\"limits\":{\"sequence_length\":3},\"runtimes\":{\"nodejs\":[{\"kind\":\"nodejs:20\"}]}}");
        wsk.server()
                .standing(
                        "/api/v1/namespaces/_/actions/p/somewhere-else?code=false",
                        404,
                        "{\"error\":\"no\",\"code\":\"T\"}");
        wsk.server().standing("/api/v1/namespaces/_/actions?limit=0&skip=0", 200, "[]");
    }

    @Test
    @Tag("R-12")
    @Tag("R-16")
    @Tag("R-64")
    @Tag("R-68")
    @Tag("R-69")
    void everythingIsToldAtOnceAndNothingIsSent() throws IOException {
        String large = "x".repeat(1001);
        wsk.file("manifest.yaml", """
                packages:
                  p:
                    inputs: { large: %1$s }
                    actions:
                      a: { code: x, runtime: "nodejs:20", limits: { timeout: 99, memorySize: 513, logSize: 11, concurrency: 2 } }
                      b: { function: nowhere.js }
                      "c?": { code: x, runtime: "nodejs:20", annotations: { large: %1$s } }
                    sequences:
                      s: { actions: t }
                      t: { actions: "a, u, b" }
                      u: { actions: [s, somewhere-else] }
                      four: { actions: "a, two, a" }
                      two: { actions: "a, a" }
                    triggers:
                      p: {}
                      fed: { feed: a, inputs: { large: %1$s } }
                    rules:
                      %2$s: { trigger: fed, action: a }
                      r: { trigger: fed, action: nothing/here/at/all }
                """.formatted(large, "r".repeat(257)));

        Wsk.Run run = wsk.run("project", "deploy");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().map(line -> line.replaceFirst(": line \\d+, column \\d+", "")))
                .containsExactlyInAnyOrder(
                        "error: 15 things must be put right before anything is deployed:",
                        "  manifest.yaml: package 'p': its 'inputs' have 1008 bytes, and the server takes 1000: keep what is large in the code or elsewhere",
                        "  manifest.yaml: action 'p/a': its limit 'timeout' is 99 ms, and the server allows 100 to 300000 ms",
                        "  manifest.yaml: action 'p/a': its limit 'memorySize' is 513 MB, and the server allows 128 to 512 MB",
                        "  manifest.yaml: action 'p/a': its limit 'logSize' is 11 MB, and the server allows 0 to 10 MB",
                        "  manifest.yaml: action 'p/a': its limit 'concurrency' is 2, and the server allows 1 to 1",
                        "  manifest.yaml: action 'p/b': File 'nowhere.js' is not a valid file or it does not exist",
                        "  manifest.yaml: action 'p/c?': servers do not take its name: it must begin with a letter, digit or underscore, go on with these, @, ., &, - and spaces, and not end with a space",
                        "  manifest.yaml: action 'p/c?': its 'annotations' have 1008 bytes, and the server takes 1000: keep what is large in the code or elsewhere",
                        "  manifest.yaml: sequence 'u': it contains itself, p/u → p/s → p/t → p/u: take one of these out of the one before it",
                        "  manifest.yaml: sequence 'u': there is no action 'p/somewhere-else', neither in the manifest nor on the server",
                        "  manifest.yaml: sequence 'four': it comes to more than 3 actions, those of sequences inside of it counted, and the server runs no more in one: split it",
                        "  manifest.yaml: trigger 'p': this is the name of package [p], too, and packages, bindings, actions, triggers and rules of a namespace share their names: choose another one",
                        "  manifest.yaml: trigger 'fed': its 'inputs' for the feed have 1013 bytes, and the server takes 1000: keep what is large in the code or elsewhere",
                        "  manifest.yaml: rule '" + "r".repeat(257)
                                + "': its name has 257 characters, and servers take 256: choose a shorter one",
                        "  manifest.yaml: rule 'r': 'nothing/here/at/all' is not a valid qualified name: A valid qualified name must be specified.",
                        "Nothing was changed.");
        assertThat(wsk.run("project", "deploy", "--preview")).isEqualTo(run);
        Wsk.Run sync = wsk.run("project", "sync", "--projectname", "shop");
        assertThat(sync.exitCode()).isEqualTo(2);
        assertThat(sync.err()).startsWith("error: 15 things must be put right before anything is deployed:\n");
        assertThat(wsk.run("project", "sync", "--projectname", "shop", "--preview"))
                .isEqualTo(sync);
        assertThat(wsk.server().seen()).isEmpty();
    }

    @Test
    void ofVeryMuchThatIsWrongTheFirstIsTold() throws IOException {
        String triggers =
                IntStream.range(0, 60).mapToObj(i -> "'t?%d': {}".formatted(i)).collect(Collectors.joining(", "));
        manifest("{default: {triggers: {" + triggers + "}}}");

        assertThat(wsk.run("project", "deploy").err().lines())
                .hasSize(53)
                .startsWith("error: 60 things must be put right before anything is deployed:")
                .endsWith("  and 10 more", "Nothing was changed.");
    }

    @Test
    @Tag("R-170")
    void whereANamespaceHasNoLimitsOfItsOwnThoseOfTheServerCount() throws IOException {
        wsk.server().standing(LIMITS, 200, "{}");
        wsk.server()
                .standing(
                        "/",
                        200,
                        "{\"limits\":{\"min_action_memory\":134217728,\"max_action_memory\":536870912,\"min_action_duration\":100,\"max_action_duration\":200}}");
        manifest(
                "{p: {actions: {a: {code: x, runtime: 'nodejs:20', limits: {timeout: 201, memorySize: 512, logSize: 11}}}}}");

        assertThat(wsk.run("project", "deploy", "--preview").err()).isEqualTo("""
                        error: manifest.yaml: line 1, column 29: action 'p/a': its limit 'timeout' is 201 ms, and the server allows 100 to 200 ms
                        Run 'wsk --help' for usage.
                        """);
    }

    @Test
    @Tag("L-30")
    @Tag("L-37")
    void aKeyThatTheServerDoesNotTakeIsToldBeforeAnythingElse() throws IOException {
        wsk.server().standing(LIMITS, 401, "{\"error\":\"The supplied authentication is invalid\",\"code\":\"T\"}");
        wsk.file("manifest.yaml", "project: {name: shop, credential: 'uuid:other', packages: {p: {}}}");

        for (String command : List.of("deploy", "sync")) {
            assertThat(wsk.run("project", command, "--preview"))
                    .isEqualTo(new Wsk.Run(2, "", """
                    error: manifest.yaml: the server does not take the key in 'credential': The supplied authentication is invalid. Correct it, here or in the deployment file
                    Run 'wsk --help' for usage.
                    """))
                    .isEqualTo(wsk.run("project", command));
        }

        manifest("{p: {}}");
        assertThat(wsk.run("project", "deploy"))
                .isEqualTo(
                        new Wsk.Run(
                                145,
                                "",
                                "error: the server does not take your key: The supplied authentication is invalid. 'wsk property set --auth KEY' sets another one, --auth KEY gives one for this command\n"));
        assertThat(wsk.server().seen()).isEmpty();
    }

    @Test
    void whatStandsAtTheServersRootDecidesNothing() throws IOException {
        wsk.server().standing("/", 401, "{\"error\":\"a proxy wants its own key\",\"code\":\"T\"}");
        manifest("{p: {actions: {a: {code: x, runtime: 'nodejs:20', limits: {timeout: 99}}}}}");

        var run = wsk.run("project", "deploy");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("its limit 'timeout' is 99 ms");
        manifest("{p: {}}");
        assertThat(wsk.run("project", "deploy").err()).isEmpty();
    }

    @Test
    void aServerThatDoesNotAnswerIsToldOfAndIsAnErrorWhereDoubtsAre() throws IOException {
        manifest("{p: {}}");

        var run = wsk.run("project", "deploy", "--apihost", "http://127.0.0.1:1");
        var strict = wsk.run("project", "deploy", "--strict", "--apihost", "http://127.0.0.1:1");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).startsWith("warning: what is on the server was not looked at: ");
        assertThat(strict.exitCode()).isEqualTo(3);
        assertThat(strict.out()).isEmpty();
        assertThat(strict.err())
                .startsWith("error: what is on the server was not looked at: ")
                .endsWith("Nothing was changed. Without --strict it is deployed.\n");
    }

    @Test
    @Tag("L-41")
    void whatBelongsToOthersIsToldWithAllElseThatIsWrong() throws IOException {
        list("packages", "[{\"namespace\":\"guest\",\"name\":\"p\"}]");
        manifest("{p: {}, default: {triggers: {'t?': {}}}}");

        var run = wsk.run("project", "sync", "--projectname", "shop");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "error: 2 things must be put right before anything is deployed:\n",
                        "  Project 'shop' would replace what is not its own: package [p]\n",
                        "    With --overwrite it becomes the project's.\n",
                        "trigger 't?': servers do not take its name");
    }

    @Test
    void aKeyIsOneForTheNamespaceThatIsDeployedTo() throws IOException {
        wsk.server()
                .standing(
                        "/api/v1/namespaces/team/limits",
                        403,
                        "{\"error\":\"The supplied authentication is not authorized to access 'team'.\",\"code\":\"T\"}");
        wsk.file("manifest.yaml", "project: {name: shop, namespace: team, packages: {p: {}}}");

        assertThat(wsk.run("project", "sync")).isEqualTo(new Wsk.Run(2, "", """
                error: manifest.yaml: the key is not one for the namespace 'team': The supplied authentication is not authorized to access 'team'. Give its key ('credential', --auth), or name another namespace ('namespace', --namespace)
                Run 'wsk --help' for usage.
                """));
        assertThat(wsk.server().seen()).isEmpty();
    }

    @Test
    @Tag("R-69")
    void aSequenceOnTheServerCanCloseACircleOrMakeOneTooLong() throws IOException {
        wsk.server().standing("/api/v1/namespaces", 200, "[\"guest\"]");
        wsk.server()
                .standing(
                        "/api/v1/namespaces/_/actions/theirs?code=false",
                        200,
                        "{\"namespace\":\"guest\",\"name\":\"theirs\",\"exec\":{\"kind\":\"sequence\",\"components\":[\"/guest/s\",\"/guest/x\"]}}");
        wsk.server()
                .standing(
                        "/api/v1/namespaces/_/actions/long?code=false",
                        200,
                        "{\"namespace\":\"guest\",\"name\":\"long\",\"exec\":{\"kind\":\"sequence\",\"components\":[\"/guest/x\",\"/guest/x\",\"/guest/x\"]}}");
        wsk.server()
                .standing(
                        "/api/v1/namespaces/guest/actions/x?code=false",
                        200,
                        "{\"namespace\":\"guest\",\"name\":\"x\"}");
        manifest("{default: {sequences: {s: {actions: theirs}, t: {actions: 'long, long'}}}}");

        assertThat(wsk.run("project", "deploy", "--preview").err())
                .contains(
                        "sequence 's': it contains itself, s → theirs → s",
                        "sequence 't': it comes to more than 3 actions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rules    | {\"namespace\":\"guest\",\"name\":\"p\"} | package 'p': on the server this is the name of rule [p]",
                "packages | {\"namespace\":\"guest\",\"name\":\"p\",\"binding\":{\"namespace\":\"guest\",\"name\":\"q\"}} | package 'p': on the server this is the name of binding [p]",
                "triggers | {\"namespace\":\"guest\",\"name\":\"a\"} | action 'a': on the server this is the name of trigger [a]",
            })
    @Tag("R-16")
    void aNameThatBelongsToSomethingElseOnTheServerIsTold(String collection, String row, String sentence)
            throws IOException {
        list(collection, "[" + row + "]");
        manifest("{p: {}, default: {actions: {a: {code: x, runtime: 'nodejs:20'}}}}");

        Wsk.Run run = wsk.run("project", "deploy");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains(sentence + ", which it cannot replace: delete that first, or choose another name");
        assertThat(wsk.server().seen()).isEmpty();
    }

    @Test
    @Tag("L-40")
    void sequencesAreSentAfterThoseTheyContainInWhateverPackage() throws IOException {
        manifest("{p: {sequences: {first: {actions: /_/q/second}, third: {actions: mine/fourth}},"
                + " dependencies: {mine: {location: /_/q}}},"
                + " q: {sequences: {second: {actions: /whisk.system/utils/echo}, fourth: {actions: second}}}}");
        wsk.server().standing("/api/v1/namespaces/whisk.system/actions/utils/echo?code=false", 200, "{}");

        assertThat(wsk.run("project", "deploy").err()).isEmpty();

        assertThat(wsk.server().seen().stream().map(seen -> seen.target().replaceFirst(".*/actions/(.*)[?].*", "$1")))
                .containsSubsequence("q/second", "p/first", "q/fourth", "p/third");
    }
}
