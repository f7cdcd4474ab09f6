package dev.whirl.e2e.wsk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Projects that a real server does not take, as a whole or in part.
class ProjectRefusalTest {
    private static final String ACTION = "{ code: 'const main = () => ({})', runtime: 'nodejs:20' %s }";

    @TempDir
    private Path folder;

    private final String name = Names.unique("shop");

    @Test
    @Tag("L-22")
    @Tag("R-12")
    @Tag("R-64")
    @Tag("R-68")
    @Tag("R-69")
    void whatTheServerWouldRefuseIsToldAtOnceAndNothingIsDeployed() {
        var wsk = new Wsk(folder, SharedServer.get().address());
        wsk.file("manifest.yaml", """
                packages:
                  %1$s:
                    inputs: { large: %2$s }
                    actions:
                      good: %3$s
                      slow: %4$s
                      "bad name ": %3$s
                    sequences:
                      a: { actions: b }
                      b: { actions: "good, a" }
                """.formatted(
                        name,
                        "x".repeat(2 * 1024 * 1024),
                        ACTION.formatted(""),
                        ACTION.formatted(", limits: { timeout: 3000000 }")));

        Wsk.Run run = wsk.run("project", "deploy").expect(2);

        assertThat(run.err())
                .contains(
                        "4 things must be put right",
                        "package '%s': its 'inputs' have 20971".formatted(name),
                        "action '%s/slow': its limit 'timeout' is 3000000 ms, and the server allows 100 to"
                                .formatted(name),
                        "action '%s/bad name ': servers do not take its name".formatted(name),
                        "it contains itself, %1$s/b → %1$s/a → %1$s/b".formatted(name));
        assertThat(wsk.run("project", "deploy", "--preview")).isEqualTo(run);
        SharedServer.guest().get(Api.OWN + "/packages/" + name).expect(404);
    }

    @Test
    @Tag("L-22")
    @Tag("L-37")
    void aKeyOrNamespaceThatIsWrongIsToldBeforeAnythingElse() {
        var wsk = new Wsk(folder, SharedServer.get().address());
        String project = "project: { name: %1$s, %2$s, packages: { %1$s: { } } }";

        wsk.file("manifest.yaml", project.formatted(name, "credential: 'nobody:nothing'"));
        for (String command : List.of("deploy", "sync")) {
            assertThat(wsk.run("project", command).expect(2).err())
                    .startsWith("error: manifest.yaml: the server does not take the key in 'credential': ");
        }
        wsk.file("manifest.yaml", project.formatted(name, "namespace: somebody-else"));
        assertThat(wsk.run("project", "sync", "--preview").expect(2).err())
                .startsWith("error: manifest.yaml: the key is not one for the namespace 'somebody-else': ");
        SharedServer.guest().get(Api.OWN + "/packages/" + name).expect(404);
    }

    @Test
    @Tag("L-41")
    void ofTwoProjectsThatWantTheSameAtOnceOnlyOneGetsIt() throws IOException, InterruptedException {
        var wsk = new Wsk(folder, SharedServer.get().address());
        for (String each : List.of("one", "two")) {
            wsk.file(
                    each + ".yaml",
                    "project: { name: %s-%s, packages: { %s: { actions: { a: %s } } } }"
                            .formatted(name, each, name, ACTION.formatted("")));
        }

        Process one;
        Process two;
        try (var proxy = GatedProxy.pairingFirstPuts(SharedServer.get().port())) {
            var racing = new Wsk(folder, proxy.address());
            one = start(racing, "one");
            two = start(racing, "two");
            assertThat(one.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(two.waitFor(120, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(List.of(one.exitValue(), two.exitValue()))
                .as("%s%s", errors("one"), errors("two"))
                .containsExactlyInAnyOrder(0, 1);
        String winner = one.exitValue() == 0 ? "one" : "two";
        String loser = one.exitValue() == 0 ? "two" : "one";
        assertThat(errors(loser))
                .contains(
                        "package [%1$s] is not replaced: it was made or changed meanwhile, and belongs to project %1$s-%2$s"
                                .formatted(name, winner));
        for (String each : List.of("packages/" + name, "actions/" + name + "/a")) {
            assertThat(SharedServer.guest()
                            .get(Api.OWN + "/" + each)
                            .expect(200)
                            .body())
                    .contains("\"projectName\":\"%s-%s\"".formatted(name, winner));
        }
        wsk.ok("project", "undeploy", "--projectname", name + "-" + winner);
    }

    private Process start(Wsk wsk, String project) throws IOException {
        return wsk.start(
                folder.resolve(project + ".out"),
                folder.resolve(project + ".err"),
                "project",
                "sync",
                "--manifest",
                project + ".yaml");
    }

    private String errors(String project) throws IOException {
        return Files.readString(folder.resolve(project + ".err"));
    }
}
