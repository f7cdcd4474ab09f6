package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ListTest extends WskTest {
    private static final String ACTIONS = "[" + action("guest", "zoo", "nodejs:20") + ","
            + action("guest/utils", "echo", "python:3.11") + "," + action("guest", "apple", "java:25") + "]";

    @Test
    @Tag("L-5")
    @Tag("L-25")
    void actionsKeepTheOrderOfTheServer() {
        var run = wsk.answer(200, ACTIONS).run("action", "list");

        assertThat(run.out()).isEqualTo("""
                        actions
                        /guest/zoo                                                             private nodejs:20
                        /guest/utils/echo                                                      private python:3.11
                        /guest/apple                                                           private java:25
                        """);
        assertThat(wsk.server().last().target()).isEqualTo("/api/v1/namespaces/_/actions?limit=30&skip=0");
    }

    @Test
    @Tag("L-25")
    void sortedByNameTheDefaultPackageComesFirst() {
        var run = wsk.answer(200, ACTIONS).run("action", "list", "-n", "-l", "5", "--skip", "2");

        assertThat(run.out().lines().map(line -> line.split(" ")[0]))
                .containsExactly("actions", "/guest/apple", "/guest/zoo", "/guest/utils/echo");
        assertThat(wsk.server().last().target()).endsWith("?limit=5&skip=2");
    }

    @Test
    @Tag("L-25")
    void documentsForProgramsAreSortedToo() {
        String triggers = "[{\"name\":\"b\"},{\"name\":\"A\"}]";
        wsk.answer(200, ACTIONS).answer(200, triggers);

        assertThat(wsk.run("action", "list", "-n", "-o", "yaml").out().lines().filter(line -> line.contains("name:")))
                .containsExactly("  name: apple", "  name: zoo", "  name: echo");
        assertThat(wsk.run("trigger", "list", "-n", "-o", "yaml").out()).isEqualTo("- name: A\n- name: b\n");
        wsk.answer(200, "[]").answer(200, "[]").answer(200, triggers).answer(200, "[]");
        assertThat(wsk.run("list", "-n", "-o", "yaml").out()).contains("triggers:\n- name: A\n- name: b\n");
    }

    @Test
    @Tag("L-5")
    void aNamespaceOrAPackageCanBeListed() {
        wsk.answer(200, "[]").answer(200, "[]");

        assertThat(wsk.run("action", "list", "/other").out()).isEqualTo("actions\n");
        assertThat(wsk.server().last().target()).startsWith("/api/v1/namespaces/other/actions?");
        wsk.run("action", "list", "utils");
        assertThat(wsk.server().last().target()).startsWith("/api/v1/namespaces/_/actions/utils/?");
    }

    @Test
    @Tag("L-20")
    @Tag("L-25")
    void namespacesAreListed() {
        var run = wsk.answer(200, "[\"guest\"]").run("namespace", "list");

        assertThat(run).isEqualTo(new Wsk.Run(0, "namespaces\nguest\n", ""));
    }

    @Test
    @Tag("L-20")
    @Tag("L-25")
    void everythingIsListedWithTheStatusOfEachRule() {
        wsk.answer(200, "[" + action("guest", "hello", "nodejs:20") + "]")
                .answer(
                        200,
                        "[{\"namespace\":\"guest\",\"name\":\"utils\",\"publish\":true},{\"namespace\":\"guest\",\"name\":\"own\",\"publish\":false}]")
                .answer(200, "[{\"namespace\":\"guest\",\"name\":\"tick\",\"publish\":false}]")
                .answer(200, "[{\"namespace\":\"guest\",\"name\":\"rule\"}]")
                .answer(200, "{\"namespace\":\"guest\",\"name\":\"rule\",\"status\":\"active\"}");

        var run = wsk.run("list", "/_");

        assertThat(run.out()).isEqualTo("""
                        Entities in namespace: default
                        packages
                        /guest/utils                                                           shared
                        /guest/own                                                             private
                        actions
                        /guest/hello                                                           private nodejs:20
                        triggers
                        /guest/tick                                                            private
                        rules
                        /guest/rule                                                            private              active
                        """);
        assertThat(wsk.server().seen().getFirst().target()).isEqualTo("/api/v1/namespaces/_/actions?limit=0&skip=0");
    }

    @Test
    @Tag("L-25")
    void whatIsSharedAndWhatIsActiveIsColouredOnATerminalUnlessThatIsForbidden() {
        String packages = "[{\"namespace\":\"guest\",\"name\":\"utils\",\"publish\":true}]";
        String rules = "[{\"namespace\":\"guest\",\"name\":\"on\"},{\"namespace\":\"guest\",\"name\":\"off\"}]";
        wsk.coloured().answer(200, packages).answer(200, rules);
        wsk.answer(200, "{\"name\":\"on\",\"status\":\"active\"}");
        wsk.answer(200, "{\"name\":\"off\",\"status\":\"inactive\"}").answer(200, packages);

        assertThat(wsk.run("package", "list").out())
                .startsWith("\u001b[1mpackages\u001b[0m\n")
                .endsWith(" \u001b[32mshared\u001b[0m\n");
        assertThat(wsk.run("rule", "list").out())
                .contains("private              \u001b[32mactive\u001b[0m\n", " \u001b[33minactive\u001b[0m\n");
        assertThat(wsk.with("NO_COLOR", "1").run("package", "list").out()).doesNotContain("\u001b");
    }

    @Test
    @Tag("L-20")
    void aServerWithoutACollectionHasNothingInIt() {
        String missing = "{\"error\":\"The requested resource could not be found.\",\"code\":\"x\"}";
        wsk.answer(200, "[]").answer(404, missing).answer(404, missing).answer(404, missing);

        assertThat(wsk.run("namespace", "get").out())
                .isEqualTo("Entities in namespace: default\npackages\nactions\ntriggers\nrules\n");
    }

    @Test
    @Tag("L-20")
    void aRuleThatVanishesMeanwhileIsLeftOut() {
        wsk.answer(200, "[{\"namespace\":\"guest\",\"name\":\"gone\"},{\"namespace\":\"guest\",\"name\":\"there\"}]")
                .answer(404, "{\"error\":\"The requested resource does not exist.\",\"code\":\"x\"}")
                .answer(200, "{\"namespace\":\"guest\",\"name\":\"there\",\"status\":\"active\"}");

        var run = wsk.run("rule", "list");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("/guest/there").doesNotContain("gone");
    }

    @Test
    @Tag("L-20")
    void everythingIsOneDocumentForPrograms() {
        wsk.answer(200, "[]")
                .answer(200, "[{\"name\":\"p\"}]")
                .answer(200, "[]")
                .answer(200, "[]");

        assertThat(wsk.run("list", "-o", "yaml").out())
                .isEqualTo("packages:\n- name: p\nactions: []\ntriggers: []\nrules: []\n");
        assertThat(wsk.answer(200, "[\"guest\"]")
                        .run("namespace", "list", "--output", "json")
                        .out())
                .isEqualTo("[\n    \"guest\"\n]\n");
    }

    private static String action(String namespace, String name, String kind) {
        return "{\"namespace\":\"%s\",\"name\":\"%s\",\"annotations\":[{\"key\":\"exec\",\"value\":\"%s\"}]}"
                .formatted(namespace, name, kind);
    }
}
