package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.cli.project.fetch.LocalRepository;
import dev.whirl.client.ScriptedServer;
import dev.whirl.client.ScriptedServer.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Projects that name what lies elsewhere: repositories, and code at URLs.
@Tag("L-38")
final class ProjectDependenciesTest extends WskTest {
    private static final String TOOLS = "packages:\n  %s:\n    actions:\n      say: {function: src/say.js}\n";

    @Test
    void aRepositoryIsDeployedFirstAndBoundToItsName() throws IOException {
        LocalRepository tools = repository("tools.git", "deep/manifest.yaml", TOOLS.formatted("tools"));
        tools.file("deep/src/say.js", "main").commit();
        wsk.file("manifest.yaml", manifest("mine", tools.url() + "/deep", "inputs: {a: 1}"));
        answerLists("[]");
        answerAll(4);

        var run = wsk.run("project", "deploy");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("Info: Fetching " + tools.url() + "/deep ...\n");
        assertThat(targets())
                .filteredOn(target -> target.startsWith("PUT"))
                .containsExactly(
                        "PUT /api/v1/namespaces/_/packages/tools?overwrite=true",
                        "PUT /api/v1/namespaces/_/actions/tools/say?overwrite=true",
                        "PUT /api/v1/namespaces/_/packages/p?overwrite=true",
                        "PUT /api/v1/namespaces/_/packages/mine?overwrite=true");
        assertThat(wsk.server().last().body())
                .contains("\"binding\":{\"namespace\":\"_\",\"name\":\"tools\"}", "{\"key\":\"a\",\"value\":1}");
    }

    @Test
    void aRepositoryWhosePackageHasTheNameIsGivenTheInputs() throws IOException {
        LocalRepository tools = repository("tools", "manifest.yaml", TOOLS.formatted("tools"));
        tools.file("src/say.js", "main").commit();
        wsk.file("manifest.yaml", manifest("tools", tools.url(), "inputs: {a: 1}"));
        answerLists("[]");
        answerAll(3);

        assertThat(wsk.run("project", "deploy").exitCode()).isZero();
        assertThat(wsk.server().seen().get(4).body()).contains("{\"key\":\"a\",\"value\":1}");
        assertThat(targets()).hasSize(7).noneMatch(target -> target.contains("mine"));
    }

    @Test
    void undeployingTakesItAwayToo() throws IOException {
        LocalRepository tools = repository("tools", "manifest.yaml", TOOLS.formatted("tools"));
        tools.file("src/say.js", "main").commit();
        wsk.file("manifest.yaml", manifest("mine", tools.url(), ""));
        answerLists("[]");

        assertThat(wsk.run("project", "undeploy", "--preview").out()).endsWith("""
                Info: Would undeploy binding [mine]
                Info: Would undeploy package [p]
                Info: Would undeploy action [tools/say]
                Info: Would undeploy package [tools]
                """);
    }

    @Test
    @Tag("L-41")
    void aRepositoryIsAProjectOfItsOwnThatOthersMayNeedToo() throws IOException {
        LocalRepository tools = repository("tools", "manifest.yaml", TOOLS.formatted("tools"));
        tools.file("src/say.js", "main").commit();
        wsk.file("manifest.yaml", manifest("mine", tools.url(), ""));
        answerLists("[]");
        wsk.answer(200, "[\"guest\"]");
        answerAll(4);

        assertThat(wsk.run("project", "sync", "--projectname", "shop").exitCode())
                .isZero();

        List<Seen> seen = wsk.server().seen();
        assertThat(seen.get(5).body())
                .as("the package that was fetched")
                .contains("\"projectName\":\"%s\"".formatted(tools.url()), "\"neededBy\":\"shop\"");
        assertThat(seen.get(7).body())
                .as("the package that needs it")
                .contains(
                        "\"projectName\":\"shop\"",
                        "\"projectDeps\":[{\"key\":\"/guest/tools\",\"value\":{\"projectName\":\"%s\""
                                .formatted(tools.url()));
        assertThat(seen.get(8).body()).as("the binding").contains("\"projectDeps\":[]");
    }

    @Test
    @Tag("L-41")
    void marksAndExportsTellWhichVersionWasAskedFor() throws IOException {
        LocalRepository tools = repository("tools", "manifest.yaml", TOOLS.formatted("tools"));
        tools.file("src/say.js", "main").commit();
        tools.git("-C", tools.folder().toString(), "tag", "v1");
        tools.file("src/say.js", "newer").commit();
        wsk.file("manifest.yaml", manifest("mine", tools.url(), "version: v1\n        inputs: {a: 1}"));
        answerLists("[]");
        wsk.answer(200, "[\"guest\"]");
        answerAll(4);

        assertThat(wsk.run("project", "sync", "--projectname", "shop").exitCode())
                .isZero();

        String needing = wsk.server().seen().get(7).body();
        assertThat(needing).as("the mark of the package that needs it").contains("\"version\":\"v1\"");
        assertThat(wsk.server().seen().get(6).body()).as("what was fetched").contains("\"code\":\"main\"");
        String listed = "{\"namespace\":\"guest\",\"name\":\"p\"," + needing.substring(1);
        answerLists("[" + listed + "]");
        wsk.answer(200, listed);
        assertThat(wsk.run("project", "export", "--projectname", "shop", "--project", "back")
                        .err())
                .isEqualTo(
                        "warning: the project needs %s: its 'inputs' are not known, add them to the manifest's 'dependencies'\n"
                                .formatted(tools.url()));
        assertThat(folder.resolve("back/manifest.yaml"))
                .content()
                .contains("tools:\n          location: \"%s\"\n          version: v1\n".formatted(tools.url()));
    }

    @Test
    @Tag("L-41")
    void anExportTellsWhatARepositoryWasGiven() throws IOException {
        LocalRepository tools = repository("tools", "manifest.yaml", TOOLS.formatted("tools"));
        tools.file("src/say.js", "main").commit();
        wsk.file("manifest.yaml", manifest("tools", tools.url(), "inputs: {greeting: Hello}"));
        answerLists("[]");
        wsk.answer(200, "[\"guest\"]");
        answerAll(3);
        assertThat(wsk.run("project", "sync", "--projectname", "shop").exitCode())
                .isZero();
        String needing = wsk.server().seen().get(7).body();
        assertThat(needing).contains("\"inputs\":[\"greeting\"]").doesNotContain("Hello");
        String listed = "{\"namespace\":\"guest\",\"name\":\"p\"," + needing.substring(1);

        answerLists("[" + listed + "]");
        wsk.answer(200, listed);
        wsk.answer(
                200,
                "{\"name\":\"tools\",\"parameters\":[{\"key\":\"greeting\",\"value\":\"Hello\"},{\"key\":\"own\",\"value\":1}]}");
        var run = wsk.run("project", "export", "--projectname", "shop", "--project", "back");

        assertThat(run.err()).isEmpty();
        assertThat(wsk.server().last().target()).isEqualTo("/api/v1/namespaces/guest/packages/tools");
        assertThat(folder.resolve("back/manifest.yaml"))
                .content()
                .contains("tools:\n          location: \"%s\"\n          inputs:\n            greeting: Hello\n"
                        .formatted(tools.url()));
    }

    @Test
    @Tag("L-41")
    void whatWasFetchedGoesWhenNobodyNeedsItAnyMore() throws IOException {
        String own =
                marked("p", "shop", ",\"projectDeps\":[{\"key\":\"/guest/tools\",\"value\":{\"projectName\":\"R\"}}]");
        String tools = marked("tools", "R", ",\"neededBy\":\"shop\"");
        String other = own.replace("shop", "other").replace("\"p\"", "\"q\"");
        wsk.file("manifest.yaml", "packages: {p: {}}");

        answerLists("[" + own + "," + tools + "," + other + "]");
        wsk.answer(200, own);
        answerAll(1);
        assertThat(wsk.run("project", "sync", "--projectname", "shop").out())
                .as("another project needs it")
                .doesNotContain("Undeploying");

        answerLists("[" + own + "," + tools + "]");
        wsk.answer(200, own);
        answerAll(1);
        wsk.answer(200, tools);
        answerAll(1);
        assertThat(wsk.run("project", "sync", "--projectname", "shop").out())
                .contains("Info: package [tools] has been successfully undeployed.");

        answerLists("[" + own + "," + tools + "]");
        assertThat(wsk.run("project", "undeploy", "--projectname", "shop", "--preview")
                        .out())
                .isEqualTo("Info: Would undeploy package [tools]\nInfo: Would undeploy package [p]\n");
    }

    @Test
    @Tag("L-41")
    void undeployingLeavesWhatAnotherProjectNeeds() throws IOException {
        LocalRepository tools = repository("tools", "manifest.yaml", TOOLS.formatted("tools"));
        tools.file("src/say.js", "main").commit();
        wsk.file("manifest.yaml", manifest("tools", tools.url(), ""));
        String needing = ",\"projectDeps\":[{\"key\":\"/guest/tools\",\"value\":{\"projectName\":\"%s\"}}]"
                .formatted(tools.url());
        answerLists("[" + marked("tools", tools.url(), "") + "," + marked("q", "other", needing) + "]");

        var run = wsk.run("project", "undeploy", "--preview");

        assertThat(run.err())
                .isEqualTo("warning: package [tools] is left, since it belongs to project %s, which others need.\n"
                        .formatted(tools.url()));
        assertThat(run.out()).endsWith("Info: Would undeploy package [p]\nInfo: Would undeploy action [tools/say]\n");
    }

    @Test
    void repositoriesMayDependOnOthersButNotForEver() throws IOException {
        LocalRepository self = repository("self", "manifest.yaml", "");
        self.file("manifest.yaml", "packages: {s: {dependencies: {again: {location: '%s'}}}}".formatted(self.url()))
                .commit();
        wsk.file("manifest.yaml", manifest("mine", self.url(), ""));

        var run = wsk.run("project", "deploy");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("repositories depend on each other more than 5 times");
        assertThat(targets()).isEmpty();
    }

    @Test
    void filesOfTheUserAndTheEnvironmentAreOutOfReach() throws IOException {
        wsk.with("SECRET", "s3cret");
        wsk.file("key.pem", "private");
        LocalRepository evil = repository("evil", "manifest.yaml", """
                packages:
                  evil:
                    inputs: {stolen: $SECRET, given: $given}
                    actions:
                      a: {code: "x", runtime: "nodejs:20"}
                """);
        evil.commit();
        wsk.file("manifest.yaml", manifest("evil", evil.url(), "inputs: {given: 5}"));
        answerLists("[]");
        answerAll(3);

        var run = wsk.run("project", "deploy");

        assertThat(run.err()).contains("dependency 'evil': manifest.yaml: line 3", "the variable 'SECRET' is not set");
        assertThat(wsk.server().seen().get(4).body())
                .contains("{\"key\":\"stolen\",\"value\":\"\"}", "{\"key\":\"given\",\"value\":5}");
        for (String function : List.of("../key.pem", folder.resolve("key.pem").toString(), "a/../../key.pem")) {
            evil.file(
                            "manifest.yaml",
                            "packages: {evil: {actions: {a: {function: %s, runtime: x}}}}".formatted(function))
                    .commit();
            assertThat(wsk.run("project", "deploy").err()).contains("leads out of the repository");
        }
        evil.file("src/index.js", "x")
                .file(
                        "manifest.yaml",
                        "packages: {evil: {actions: {a: {function: src, include: [[../../key.pem, k.js]]}}}}")
                .commit();
        assertThat(wsk.run("project", "deploy").err()).contains("leads out of the repository");
        assertThat(wsk.server().seen()).hasSize(7);
    }

    @Test
    void aLinkIsFollowedWithinItsRepositoryOnly() throws IOException {
        wsk.file("key.pem", "private");
        LocalRepository tools = repository("tools", "manifest.yaml", TOOLS.formatted("tools"));
        tools.file("lib/real.js", "main");
        Files.createDirectories(tools.folder().resolve("src"));
        link(tools, "src/say.js", Path.of("../lib/real.js"));
        wsk.file("manifest.yaml", manifest("tools", tools.url(), ""));
        answerLists("[]");
        answerAll(3);

        assertThat(wsk.run("project", "deploy").exitCode()).isZero();
        assertThat(wsk.server().seen().get(5).body()).contains("\"code\":\"main\"");
        for (String place : List.of("src/say.js", "manifest.yaml", "deployment.yaml")) {
            link(tools, place, folder.resolve("key.pem"));
            assertThat(wsk.run("project", "deploy").err())
                    .contains("'%s' leads out of the repository".formatted(place));
            tools.git("-C", tools.folder().toString(), "reset", "--quiet", "--hard", "HEAD~1");
        }
        assertThat(wsk.server().seen()).hasSize(7);
    }

    @Test
    void foldersWithLinksArePackedWithinTheirRepositoryOnly() throws IOException {
        wsk.file("key.pem", "private");
        LocalRepository tools = repository(
                "tools", "manifest.yaml", "packages: {tools: {actions: {say: {function: src, runtime: 'nodejs:20'}}}}");
        tools.file("lib/real.js", "main").file("src/index.js", "x");
        link(tools, "src/real.js", Path.of("../lib/real.js"));
        wsk.file("manifest.yaml", manifest("tools", tools.url(), ""));
        answerLists("[]");

        assertThat(wsk.run("project", "deploy", "--preview").err()).isEmpty();
        link(tools, "src/key.js", folder.resolve("key.pem"));
        assertThat(wsk.run("project", "deploy", "--preview").err())
                .contains("'src/key.js' is a link to what lies outside of the project");
        wsk.file("manifest.yaml", manifest("tools", tools.url() + "/.git/out", ""));
        tools.git("-C", tools.folder().toString(), "rm", "--quiet", "src/key.js");
        link(tools, "out", folder);
        assertThat(wsk.run("project", "deploy", "--preview").err()).contains("'out' leads out of the repository");
    }

    private static void link(LocalRepository repository, String name, Path target) throws IOException {
        Path link = repository.folder().resolve(name);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
        repository.commit();
    }

    @Test
    void repositoriesThatCannotBeUsedAreTold() throws IOException {
        LocalRepository two = repository("two", "manifest.yaml", "packages: {a: {}, b: {}}");
        two.commit();
        wsk.file("manifest.yaml", manifest("mine", two.url(), ""));
        assertThat(wsk.run("project", "deploy").err())
                .startsWith(
                        "error: manifest.yaml: line 5, column 9: dependency 'mine': the manifest must have one package with a name\n");

        wsk.file("manifest.yaml", manifest("mine", two.url(), "version: v7"));
        assertThat(wsk.run("project", "deploy"))
                .isEqualTo(new Wsk.Run(
                        1,
                        "Info: Fetching %s (v7) ...\n".formatted(two.url()),
                        "error: manifest.yaml: line 5, column 9: dependency 'mine': Unable to fetch %s (v7): git says: couldn't find remote ref v7\n"
                                .formatted(two.url())));

        wsk.file("manifest.yaml", manifest("mine", two.url() + ".git/nowhere", ""));
        assertThat(wsk.run("project", "deploy").err()).contains("does not appear to be a git repository");
        assertThat(wsk.server().seen()).isEmpty();
    }

    @Test
    @Tag("L-39")
    void codeMayLieAtAUrl() throws IOException {
        try (var elsewhere = new ScriptedServer()) {
            elsewhere.answer(200, "function main() {}");
            wsk.file("manifest.yaml", code(elsewhere.url() + "/code/hello.js?token=s3cret"));
            answerLists("[]");
            answerAll(2);

            assertThat(wsk.run("project", "deploy").exitCode()).isZero();
            assertThat(wsk.server().last().body())
                    .startsWith("{\"exec\":{\"kind\":\"nodejs:default\",\"code\":\"function main() {}\"}");
            assertThat(elsewhere.last().header("Authorization")).isEmpty();

            elsewhere.answer(403, "no");
            assertThat(wsk.run("project", "deploy"))
                    .isEqualTo(new Wsk.Run(
                            1,
                            "",
                            "error: manifest.yaml: line 1, column 30: action 'p/a': Unable to fetch '%s/code/hello.js': the server answers with status 403\n"
                                    .formatted(elsewhere.url())));

            elsewhere.answer(200, "this is no archive");
            wsk.file("manifest.yaml", code(elsewhere.url() + "/x.zip"));
            assertThat(wsk.run("project", "deploy").err())
                    .contains("action 'p/a': File '/x.zip' is not a readable archive");
        }
    }

    private LocalRepository repository(String name, String file, String content) {
        return LocalRepository.create(folder.resolve(name)).file(file, content);
    }

    private static String manifest(String dependency, String location, String more) {
        return "packages:\n  p:\n    dependencies:\n      %s:\n        location: %s\n        %s\n"
                .formatted(dependency, location, more);
    }

    private static String code(String url) {
        return "packages: {p: {actions: {a: {function: '%s'}}}}\n".formatted(url);
    }

    private static String marked(String packageName, String projectName, String more) {
        return "{\"namespace\":\"guest\",\"name\":\"%s\",\"annotations\":[{\"key\":\"whisk-managed\",\"value\":{\"projectName\":\"%s\"%s}}]}"
                .formatted(packageName, projectName, more);
    }

    private void answerLists(String packages) {
        wsk.answer(200, packages).answer(200, "[]").answer(200, "[]").answer(200, "[]");
    }

    private void answerAll(int count) {
        for (int i = 0; i < count; i++) {
            wsk.answer(200, "{}");
        }
    }

    private List<String> targets() {
        return wsk.server().seen().stream()
                .map((Seen seen) -> seen.method() + " " + seen.target())
                .toList();
    }
}
