package dev.whirl.e2e.wsk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `wsk project` against a real server.
class ProjectTest {
    @TempDir
    private Path folder;

    private final String name = Names.unique("shop");

    private Wsk project() {
        var wsk = new Wsk(folder, SharedServer.get().address());
        wsk.file("src/list.js", Code.node("return { list: args.currency }"));
        wsk.file("src/bill/index.js", "exports.main = () => ({ bill: require('./lib/tool').x })");
        wsk.file("shared/tool.js", "exports.x = 'packed'");
        wsk.file("manifest.yaml", manifest("list, bill"));
        return wsk;
    }

    private String manifest(String components) {
        return """
                project:
                  name: %1$s
                  packages:
                    %1$s:
                      inputs: { currency: EUR }
                      actions:
                        list: { function: src/list.js, web: true }
                        bill:
                          function: src/bill
                          include: [[shared/*.js, lib]]
                      sequences:
                        checkout: { actions: "%2$s" }
                      triggers:
                        %1$s-placed: {}
                      rules:
                        %1$s-rule: { trigger: %1$s-placed, action: checkout }
                """.formatted(name, components);
    }

    @Test
    @Tag("L-22")
    @Tag("L-38")
    @Tag("L-39")
    @Tag("L-40")
    void anInterruptedDeploymentIsFinishedByRunningItAgain() throws IOException {
        var wsk = project();

        try (var unreliable = GatedProxy.failingAfter(8, SharedServer.get().port())) {
            var interrupted = new Wsk(folder, unreliable.address()).run("project", "deploy");
            assertThat(interrupted.expect(3).err()).contains("Run it again to finish it");
        }
        SharedServer.guest().get(Api.OWN + "/rules/" + name + "-rule").expect(404);

        assertThat(wsk.ok("project", "deploy")).endsWith("Success: Deployment completed successfully.\n");
        assertThat(wsk.ok("project", "deploy", "--strict")).endsWith("Success: Deployment completed successfully.\n");
        assertThat(wsk.ok("action", "invoke", name + "/list", "-r")).contains("\"list\": \"EUR\"");
        assertThat(wsk.ok("action", "invoke", name + "/checkout", "-r")).contains("\"bill\": \"packed\"");
        SharedServer.guest().get(Api.OWN + "/rules/" + name + "-rule").expect(200);

        wsk.ok("project", "undeploy");
        assertThat(wsk.ok("project", "undeploy")).as("again").contains("was not there");
        SharedServer.guest().get(Api.OWN + "/packages/" + name).expect(404);
    }

    @Test
    @Tag("L-41")
    void aProjectIsKeptInStepAndWrittenBack() throws IOException {
        var wsk = project();

        wsk.ok("project", "sync");
        wsk.file("manifest.yaml", manifest("list").replace("rules:", "# rules:").replace(name + "-rule:", "# gone:"));
        assertThat(wsk.ok("project", "sync")).contains("Undeploying rule [" + name + "-rule]");
        wsk.ok("project", "export", "--projectname", name, "--project", "back");
        assertThat(Files.readString(folder.resolve("back/" + name + "/list.js")))
                .contains("args.currency");
        wsk.ok("project", "undeploy", "--projectname", name);
        assertThat(wsk.ok("project", "deploy", "--project", "back")).contains("sequence [" + name + "/checkout]");
        wsk.ok("package", "delete", name, "--force");
    }

    @Test
    @Tag("L-41")
    void anApiComesAndGoesWithItsProjectAndOthersStay() {
        var wsk = new Wsk(folder, SharedServer.get().address());
        wsk.file("list.js", Code.node("return { body: 'ok' }"));
        String served = """
                project:
                  name: %1$s
                  packages:
                    %1$s:
                      actions: { list: { function: list.js, web: true } }
                """.formatted(name);
        wsk.file(
                "manifest.yaml", served + "      apis: { %1$s: { /%1$s: { /all: { list: get } } } }\n".formatted(name));

        wsk.ok("project", "sync");
        assertThat(wsk.ok("project", "sync")).as("again").endsWith("Success: Deployment completed successfully.\n");
        assertThat(wsk.ok("api", "list", "/" + name)).contains("/" + name + "/all");
        assertThat(wsk.ok("project", "undeploy", "--manifest", "manifest.yaml", "--preview"))
                .contains("Would undeploy api [GET /" + name + "/all]");

        wsk.file("other.yaml", served.replace("name: " + name, "name: other"));
        assertThat(wsk.run("project", "sync", "--manifest", "other.yaml")
                        .expect(2)
                        .err())
                .contains("would replace what is not its own: package [%1$s] of project %1$s".formatted(name));
        assertThat(wsk.run("project", "undeploy", "--manifest", "other.yaml")
                        .expect(0)
                        .err())
                .contains("warning: package [%1$s] is left, since it belongs to project %1$s.".formatted(name));
        SharedServer.guest().get(Api.OWN + "/actions/" + name + "/list").expect(200);

        wsk.file("manifest.yaml", served);
        assertThat(wsk.ok("project", "sync"))
                .contains("Info: api [GET /%s/all] has been successfully undeployed.".formatted(name));
        assertThat(wsk.ok("api", "list", "/" + name)).doesNotContain("/all");
        wsk.ok("project", "undeploy", "--projectname", name);
        SharedServer.guest().get(Api.OWN + "/packages/" + name).expect(404);
    }

    @Test
    @Tag("L-40")
    @Tag("L-41")
    void anApiThatCameFromADocumentGoesBackToOne() throws IOException {
        var wsk = new Wsk(folder, SharedServer.get().address());
        wsk.file("list.js", Code.node("return { body: 'ok' }"));
        wsk.file("api.json", """
                {"swagger":"2.0","basePath":"/%1$s","info":{"title":"%1$s","x-note":"kept"},"paths":{"/all":{"get":{
                  "x-openwhisk":{"namespace":"guest","package":"%1$s","action":"list"}}}}}
                """.formatted(name));
        wsk.file("manifest.yaml", """
                project:
                  name: %1$s
                  config: api.json
                  packages: { %1$s: { actions: { list: { function: list.js, web: true } } } }
                """.formatted(name));

        wsk.ok("project", "sync");
        wsk.ok("api", "create", "/" + name, "/theirs", "get", name + "/list", "--response-type", "http");
        wsk.ok("project", "export", "--projectname", name, "--project", "back");
        assertThat(Files.readString(folder.resolve("back/apis/openapi.json")))
                .contains("\"x-note\": \"kept\"", "\"/all\": {")
                .doesNotContain("theirs");
        wsk.ok("api", "delete", "/" + name);
        wsk.ok("project", "undeploy", "--projectname", name);

        wsk.ok("project", "deploy", "--project", "back");
        assertThat(wsk.ok("api", "list", "/" + name)).contains("/" + name + "/all");
        wsk.ok("project", "undeploy", "--project", "back");
        assertThat(wsk.ok("api", "list", "/" + name)).doesNotContain("/all");
    }

    @Test
    @Tag("L-22")
    void aDeploymentThatTakesFromASynchronizedProjectSaysSo() {
        var wsk = project();
        wsk.ok("project", "sync");

        assertThat(wsk.run("project", "deploy", "--strict").expect(1).err())
                .startsWith("error: project %1$s is kept in step by 'wsk project sync', and loses".formatted(name));
        assertThat(wsk.ok("project", "sync", "--strict"))
                .as("nothing was changed")
                .contains("Success");
        assertThat(wsk.run("project", "deploy").expect(0).err())
                .contains("package [%s]".formatted(name), "action [%s/list]".formatted(name));
        wsk.ok("project", "undeploy");
    }

    @Test
    @Tag("L-22")
    @Tag("L-41")
    void whatAnotherProjectDeployedStaysWhenTheOneThatLostItGoes() {
        var wsk = project();
        wsk.ok("project", "sync");
        wsk.file("other.yaml", manifest("list, bill").replace("project:\n  name: " + name, "project:\n  name: other"));

        wsk.ok("project", "deploy", "--manifest", "other.yaml");

        assertThat(wsk.run("project", "undeploy", "--projectname", name)
                        .expect(1)
                        .err())
                .contains("There is no project '" + name + "'");
        SharedServer.guest().get(Api.OWN + "/actions/" + name + "/checkout").expect(200);
        SharedServer.guest().get(Api.OWN + "/rules/" + name + "-rule").expect(200);
        wsk.ok("project", "undeploy", "--manifest", "other.yaml");
    }

    @Test
    @Tag("L-38")
    @Tag("L-39")
    void whatIsTakenOutOfAManifestIsTakenFromTheServer() {
        var wsk = new Wsk(folder, SharedServer.get().address());
        String list =
                "packages: { %s: { %s actions: { list: { code: 'const main = () => ({})', runtime: 'nodejs:20' %s } } } }";
        wsk.file(
                "manifest.yaml",
                list.formatted(name, "public: true,", ", web: true, annotations: { a: 1 }, limits: { timeout: 1000 }"));
        wsk.ok("project", "deploy");
        assertThat(wsk.ok("action", "get", name + "/list", "annotations")).contains("web-export", "\"a\"");

        wsk.file("manifest.yaml", list.formatted(name, "", ""));
        wsk.ok("project", "deploy");

        assertThat(wsk.ok("action", "get", name + "/list", "annotations"))
                .doesNotContain("web-export", "\"final\"", "\"a\"")
                .contains("provide-api-key");
        assertThat(wsk.ok("action", "get", name + "/list", "limits")).contains("\"timeout\": 60000");
        assertThat(wsk.ok("package", "get", name, "publish")).contains("false");
        wsk.ok("project", "undeploy");
    }

    @Test
    @Tag("L-38")
    void aRepositoryThatAProjectNeedsIsDeployedAndBound() throws Exception {
        var wsk = new Wsk(folder, SharedServer.get().address());
        String tools = name + "-tools";
        wsk.file("tools/say.js", Code.node("return { said: args.word }"));
        wsk.file("tools/manifest.yaml", "packages: {%s: {actions: {say: {function: say.js}}}}".formatted(tools));
        git("init", "--quiet");
        git("add", "--all");
        git("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "--message", "x");
        wsk.file("manifest.yaml", """
                packages:
                  %s:
                    dependencies:
                      %s: { location: "%s", inputs: { word: hi } }
                """.formatted(
                        name, name + "-mine", folder.resolve("tools").toUri()));

        wsk.ok("project", "deploy");
        assertThat(wsk.ok("action", "invoke", name + "-mine/say", "-r")).contains("\"said\": \"hi\"");

        wsk.ok("project", "undeploy");
        SharedServer.guest().get(Api.OWN + "/packages/" + tools).expect(404);
        SharedServer.guest().get(Api.OWN + "/packages/" + name + "-mine").expect(404);
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("git", "-C", folder.resolve("tools").toString()));
        words.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
    }

    @Test
    @Tag("L-42")
    void wskdeployIsTheSameWithOptionsOfItsOwn() {
        Path wskdeploy = Wsk.launcher().resolveSibling("wskdeploy");

        var run = project().run(wskdeploy, "-p", folder.toString(), "-m", "manifest.yaml", "-i");

        assertThat(run.expect(0).out()).startsWith("Info: Would deploy package [" + name + "]\n");
    }
}
