package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What becomes of a project that is kept in step when somebody else is at work at the same time.
@Tag("L-41")
final class ProjectRaceTest extends WskTest {
    private static final String CONCURRENT =
            "{\"error\":\"Concurrent modification to resource detected.\",\"code\":\"T\"}";
    private static final String EXISTS = "{\"error\":\"resource already exists\",\"code\":\"T\"}";

    @BeforeEach
    void answerThatNothingIsThere() {
        for (String each : List.of("packages", "actions", "triggers", "rules")) {
            list(each, "[]");
        }
    }

    @Test
    void whatAnotherProjectMadeMeanwhileIsNotReplaced() throws IOException {
        wsk.file("manifest.yaml", "project: {name: shop, packages: {p: {}, q: {}}}");
        wsk.answer(200, "{}").answer(409, EXISTS).answer(200, document("q", "other", "0.0.1"));

        var run = wsk.run("project", "sync");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("""
                error: package [q] is not replaced: it was made or changed meanwhile, and belongs to project other
                With --overwrite it becomes the project's.
                Deployment did not complete successfully. Run it again to finish it, or 'wsk project undeploy --projectname shop' to remove what was deployed.
                """);
        assertThat(calls())
                .containsExactly(
                        "PUT /packages/p?overwrite=false", "PUT /packages/q?overwrite=false", "GET /packages/q");
    }

    @Test
    void whatTheSameProjectMadeMeanwhileIsReplaced() throws IOException {
        wsk.file("manifest.yaml", "project: {name: shop, packages: {p: {}}}");
        wsk.answer(409, EXISTS).answer(200, document("p", "shop", "0.0.1")).answer(200, document("p", "shop", "0.0.2"));

        var run = wsk.run("project", "sync");

        assertThat(run.err()).isEmpty();
        assertThat(calls())
                .containsExactly(
                        "PUT /packages/p?overwrite=false", "GET /packages/p", "PUT /packages/p?overwrite=true");
    }

    @Test
    void whatWasTheProjectsWhenItWasPlannedIsLookedAtAgain() throws IOException {
        list("packages", "[" + document("p", "shop", "0.0.1") + "]");
        wsk.file("manifest.yaml", "project: {name: shop, packages: {p: {}}}");
        wsk.answer(200, "{\"namespace\":\"guest\",\"name\":\"p\",\"version\":\"0.0.2\",\"annotations\":[]}");

        var run = wsk.run("project", "sync");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith(
                        "error: package [p] is not replaced: it was made or changed meanwhile, and belongs to no project\n");
        assertThat(calls()).containsExactly("GET /packages/p");
    }

    @Test
    void aWriteThatMetAnotherOneIsTriedAgainAndAChangeThatIsLostIsTold() throws IOException {
        list("packages", "[" + document("p", "shop", "0.0.1") + "]");
        wsk.file("manifest.yaml", "project: {name: shop, packages: {p: {}}}");
        wsk.answer(200, document("p", "shop", "0.0.1"))
                .answer(409, CONCURRENT)
                .answer(200, document("p", "shop", "0.0.2"))
                .answer(200, document("p", "shop", "0.0.4"));

        var run = wsk.run("project", "sync");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .isEqualTo(
                        "warning: package [p] was changed by somebody else at the same moment: that change is lost\n");
        assertThat(calls())
                .containsExactly(
                        "GET /packages/p",
                        "PUT /packages/p?overwrite=true",
                        "GET /packages/p",
                        "PUT /packages/p?overwrite=true");
    }

    @Test
    void whatLeavesAndBelongsToAnotherProjectByNowStays() throws IOException {
        list("rules", "[" + document("old", "shop", "0.0.1") + "]");
        wsk.file("manifest.yaml", "project: {name: shop, packages: {p: {}}}");
        wsk.answer(200, "{}").answer(200, document("old", "other", "0.0.2"));

        var run = wsk.run("project", "sync");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo("warning: rule [old] is left: by now it belongs to project other\n");
        assertThat(calls()).containsExactly("PUT /packages/p?overwrite=false", "GET /rules/old");
    }

    @Test
    @Tag("F-2")
    void theFeedOfATriggerThatAnotherProjectMadeHearsNothing() throws IOException {
        wsk.server().standing("/api/v1/namespaces/whisk.system/actions/alarms/alarm?code=false", 200, "{}");
        wsk.file(
                "manifest.yaml",
                "project: {name: shop, packages: {default: {triggers: {t: {feed: /whisk.system/alarms/alarm}}}}}");
        wsk.answer(409, EXISTS).answer(200, document("t", "other", "0.0.1"));

        var run = wsk.run("project", "sync");

        assertThat(run.err()).startsWith("error: trigger [t] is not replaced: it was made or changed meanwhile");
        assertThat(calls()).containsExactly("PUT /triggers/t?overwrite=false", "GET /triggers/t");
    }

    @Test
    @Tag("F-2")
    void aTriggerThatAnotherProjectTookMeanwhileIsNotPutBackAsItWas() throws IOException {
        fedTrigger();
        wsk.answer(200, fed("t", "shop", "0.0.1"))
                .answer(200, fed("t", "shop", "0.0.1"))
                .answer(200, "{\"config\":{\"cron\":\"* * * * *\"}}")
                .answer(200, "{\"activationId\":\"" + ID + "\",\"response\":{\"success\":true,\"result\":{}}}")
                .answer(409, CONCURRENT)
                .answer(200, fed("t", "other", "0.0.2"));

        var run = wsk.run("project", "sync");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("""
                        warning: trigger [t] was changed by somebody else at the same moment, when its feed /whisk.system/alarms/alarm was told to forget it
                        error: trigger [t] is not replaced: it was made or changed meanwhile, and belongs to project other
                        """);
        assertThat(calls())
                .containsExactly(
                        "GET /triggers/t",
                        "GET /triggers/t",
                        "POST /api/v1/namespaces/whisk.system/actions/alarms/alarm?blocking=true&result=true",
                        "POST /api/v1/namespaces/whisk.system/actions/alarms/alarm?blocking=true&result=false",
                        "PUT /triggers/t?overwrite=true",
                        "GET /triggers/t");
    }

    @Test
    @Tag("F-2")
    void theFeedOfATriggerThatIsNoLongerTheOneThatWasSeenHearsNothing() throws IOException {
        fedTrigger();
        wsk.answer(200, fed("t", "shop", "0.0.1"))
                .answer(200, fed("t", "other", "0.0.2"))
                .answer(200, fed("t", "other", "0.0.2"));

        var run = wsk.run("project", "sync");

        assertThat(run.err())
                .startsWith(
                        "error: trigger [t] is not replaced: it was made or changed meanwhile, and belongs to project other\n");
        assertThat(calls()).containsExactly("GET /triggers/t", "GET /triggers/t", "GET /triggers/t");
    }

    @Test
    @Tag("L-40")
    void aBindingIsChangedAndRemovedThoughItsTargetIsGoneOrNotPublic() throws IOException {
        list("packages", "[" + binding("b") + "," + binding("old") + "]");
        wsk.server().standing("/api/v1/namespaces/other/packages/q", 200, "{}");
        wsk.file(
                "manifest.yaml",
                "project: {name: shop, packages: {default: {dependencies: {b: {location: /other/q}}}}}");
        wsk.answer(403, "{\"error\":\"not yours\",\"code\":\"T\"}")
                .answer(200, "{\"version\":\"0.0.2\"}")
                .answer(404, "{\"error\":\"gone\",\"code\":\"T\"}")
                .answer(200, "{}");

        var run = wsk.run("project", "sync");

        assertThat(run.err()).isEmpty();
        assertThat(calls())
                .containsExactly(
                        "GET /packages/b",
                        "PUT /packages/b?overwrite=true",
                        "GET /packages/old",
                        "DELETE /packages/old");
    }

    private void fedTrigger() throws IOException {
        list("triggers", "[" + fed("t", "shop", "0.0.1") + "]");
        wsk.server().standing("/api/v1/namespaces/whisk.system/actions/alarms/alarm?code=false", 200, "{}");
        wsk.file(
                "manifest.yaml",
                "project: {name: shop, packages: {default: {triggers: {t: {feed: /whisk.system/alarms/alarm}}}}}");
    }

    private void list(String collection, String rows) {
        wsk.server().standing("/api/v1/namespaces/_/%s?limit=200&skip=0".formatted(collection), 200, rows);
    }

    private static String document(String name, String projectName, String version) {
        return "{\"namespace\":\"guest\",\"name\":\"%s\",\"version\":\"%s\",\"annotations\":[{\"key\":\"whisk-managed\",\"value\":{\"projectName\":\"%s\"}}]}"
                .formatted(name, version, projectName);
    }

    private static String fed(String name, String projectName, String version) {
        return document(name, projectName, version)
                .replace(
                        "\"annotations\":[",
                        "\"annotations\":[{\"key\":\"feed\",\"value\":\"/whisk.system/alarms/alarm\"},");
    }

    private static String binding(String name) {
        return document(name, "shop", "0.0.1")
                .replaceFirst("[{]", "{\"binding\":{\"namespace\":\"other\",\"name\":\"was-there\"},");
    }

    private List<String> calls() {
        return wsk.server().seen().stream()
                .map(seen -> seen.method() + " " + seen.target().replaceFirst("^/api/v1/namespaces/_", ""))
                .toList();
    }
}
