package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of what a manifest says, and of what it no longer says.
final class ProjectManifestTest extends ProjectTest {
    @Test
    @Tag("L-22")
    @Tag("L-41")
    void aDeploymentLeavesNoMarkOfAnotherProject() throws IOException {
        String mark = "\"annotations\":[{\"key\":\"whisk-managed\",\"value\":{\"projectName\":\"other\"}}]";
        list("actions", "[{\"namespace\":\"guest/p\",\"name\":\"a\"," + mark + "}]");
        list("rules", "[{\"namespace\":\"guest\",\"name\":\"r\"," + mark + "}]");
        manifest("{p: {actions: {a: {code: x, runtime: 'nodejs:20'}}, sequences: {s: {actions: a}},"
                + " triggers: {t: {}}, rules: {r: {trigger: t, action: a}}}}");

        assertThat(wsk.run("project", "deploy").exitCode()).isZero();

        assertThat(body("/actions/p/a")).contains("\"delAnnotations\":[\"whisk-managed\",\"web-export\"]");
        assertThat(body("/actions/p/s")).contains("\"delAnnotations\":[\"whisk-managed\",\"web-export\"]");
        assertThat(body("/rules/r")).contains("\"annotations\":[]");
    }

    @Test
    @Tag("L-41")
    void aManifestCanNotSayThatSomethingBelongsToAProject() throws IOException {
        manifest("{p: {annotations: {whisk-managed: {projectName: victim}, kept: 1}, actions: {a: {code: x,"
                + " runtime: 'nodejs:20', annotations: {whisk-managed: {projectName: victim}}}}}}");

        var run = wsk.run("project", "deploy");

        assertThat(run.err()).contains("'whisk-managed' says which project something belongs to");
        assertThat(body("/packages/p")).contains("\"key\":\"kept\"").doesNotContain("victim");
        assertThat(body("/actions/p/a")).doesNotContain("victim");
    }

    @Test
    @Tag("L-38")
    @Tag("L-39")
    void whatIsTakenOutOfAManifestIsTakenFromTheServer() throws IOException {
        list("actions", """
                [{"namespace":"guest/p","name":"a","limits":{"timeout":1000,"memory":256,"logs":1,"concurrency":1},
                  "annotations":[{"key":"exec","value":"nodejs:20"},{"key":"web-export","value":true},{"key":"note","value":1},
                    {"key":"kept","value":1},{"key":"require-whisk-auth","value":5},{"key":"provide-api-key","value":true}]}]
                """);
        manifest("{p: {actions: {a: {code: x, runtime: 'nodejs:20', annotations: {kept: 2}, limits: {logSize: 2}}}}}");

        assertThat(wsk.run("project", "deploy").exitCode()).isZero();

        assertThat(body("/packages/p")).contains("\"publish\":false");
        assertThat(body("/actions/p/a"))
                .endsWith(
                        "\"annotations\":[{\"key\":\"kept\",\"value\":2},{\"key\":\"provide-api-key\",\"value\":false}],"
                                + "\"delAnnotations\":[\"whisk-managed\",\"web-export\",\"note\"],"
                                + "\"limits\":{\"timeout\":60000,\"logs\":2}}");
    }

    @Test
    @Tag("L-37")
    @Tag("L-39")
    void aDollarInCodeIsNothingSpecial() throws IOException {
        manifest("{default: {actions: {a: {code: 'return `${name} $$5`', runtime: 'nodejs:20', main: Main$run}}}}");

        var run = wsk.run("project", "deploy", "--strict");

        assertThat(run.err()).isEmpty();
        assertThat(body("/actions/a")).contains("\"code\":\"return `${name} $$5`\",\"main\":\"Main$run\"");
    }

    @Test
    @Tag("L-37")
    void whatTheCommandLineSaysWinsOverInputs() throws IOException {
        manifest("{p: {inputs: {stage: dev}, triggers: {t: {inputs: {stage: $stage}}}}}");

        wsk.run("project", "deploy", "--param", "stage", "production");

        assertThat(body("/triggers/t")).contains("{\"key\":\"stage\",\"value\":\"production\"}");
    }

    @Test
    @Tag("L-37")
    void aDeploymentFileSaysOtherInputsOfTheProject() throws IOException {
        wsk.file("deployment.yaml", "project: {inputs: {stage: production}, packages: {p: {inputs: {other: $stage}}}}");
        wsk.file(
                "manifest.yaml",
                "project: {inputs: {stage: dev}, packages: {p: {triggers: {t: {inputs: {stage: $stage}}}}}}");

        wsk.run("project", "deploy");

        assertThat(body("/triggers/t")).contains("{\"key\":\"stage\",\"value\":\"production\"}");
        assertThat(body("/packages/p")).contains("{\"key\":\"other\",\"value\":\"production\"}");
    }

    @Test
    @Tag("L-40")
    void aDescriptionIsAnAnnotation() throws IOException {
        manifest("{default: {sequences: {s: {actions: /whisk.system/utils/echo, description: one}},"
                + " triggers: {t: {description: two}},"
                + " rules: {r: {trigger: t, action: s, description: three}}}}");

        wsk.run("project", "deploy");

        assertThat(body("/actions/s")).contains("{\"key\":\"description\",\"value\":\"one\"}");
        assertThat(body("/triggers/t")).contains("{\"key\":\"description\",\"value\":\"two\"}");
        assertThat(body("/rules/r")).contains("{\"key\":\"description\",\"value\":\"three\"}");
    }

    @Test
    @Tag("L-37")
    @Tag("G-7")
    void theTokenOfAManifestIsTheGatewaysOne() throws IOException {
        wsk.server()
                .standing(
                        "/api/v1/namespaces/_/actions/a?code=false",
                        200,
                        "{\"namespace\":\"guest\",\"name\":\"a\",\"annotations\":[{\"key\":\"web-export\",\"value\":true}]}");
        wsk.file("manifest.yaml", """
                project:
                  apigwAccessToken: secret-token
                  packages: {default: {actions: {a: {code: x, runtime: "nodejs:20", web: true}}, apis: {A: {/a: {/b: {a: get}}}}}}
                """);

        wsk.run("project", "deploy");

        assertThat(wsk.server().last().target()).contains("createApi.http?accesstoken=secret-token");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/b    | pdf  | Invalid response type 'pdf'. Valid types are json, http, html, text and svg.",
                "/{id} | json | A response type of 'http' is required when using path parameters."
            })
    @Tag("L-40")
    void anAnswerThatNoApiCanHaveIsToldWithItsPlace(String path, String response, String sentence) throws IOException {
        manifest("{p: {apis: {A: {/a: {'" + path + "': {a: {method: get, response: " + response + "}}}}}}}");

        var run = wsk.run("project", "deploy");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("error: manifest.yaml: line 1, column ")
                .contains(": API 'A': " + sentence);
    }

    @Test
    @Tag("L-41")
    void anExportKeepsWhatTheUserSet() throws IOException {
        String mark = "{\"key\":\"whisk-managed\",\"value\":{\"projectName\":\"shop\"}}";
        list("actions", "[{\"namespace\":\"guest\",\"name\":\"a\",\"annotations\":[" + mark + "]}]");
        list("rules", "[{\"namespace\":\"guest\",\"name\":\"r\",\"annotations\":[" + mark + "]}]");
        wsk.server().standing("/api/v1/namespaces/_/actions/a?code=true", 200, """
                {"namespace":"guest","name":"a","exec":{"kind":"java:17","main":"Main$Inner"},
                 "parameters":[{"key":"$price","value":{"text":"${a} 5$"}},{"key":"secret","value":"s","init":true}],
                 "annotations":[{"key":"provide-api-key","value":true},{"key":"final","value":true},{"key":"exec","value":"java:17"}]}
                """);
        wsk.server().standing("/api/v1/namespaces/_/rules/r", 200, """
                {"namespace":"guest","name":"r","trigger":{"path":"guest","name":"t"},"action":{"path":"guest","name":"a"},
                 "annotations":[{"key":"note","value":1}]}
                """);

        assertThat(wsk.run("project", "export", "--projectname", "shop").err()).isEmpty();

        assertThat(Files.readString(folder.resolve("manifest.yaml"))).endsWith("""
                  packages:
                    default:
                      actions:
                        a:
                          runtime: "java:17"
                          main: "Main$Inner"
                          inputs:
                            "${$}price":
                              text: "$${a} 5$"
                            secret:
                              value: s
                              init: true
                          annotations:
                            provide-api-key: true
                            final: true
                      rules:
                        r:
                          trigger: t
                          action: /_/a
                          annotations:
                            note: 1
                """);
    }

    @Test
    @Tag("L-41")
    void anExportKeepsTheInputsOfSequencesAndIsReadAsItWas() throws IOException {
        String mark = "{\"key\":\"whisk-managed\",\"value\":{\"projectName\":\"shop\"}}";
        list(
                "actions",
                "[{\"namespace\":\"guest\",\"name\":\"s\",\"annotations\":[{\"key\":\"exec\",\"value\":\"sequence\"},"
                        + mark + "]}]");
        wsk.server().standing("/api/v1/namespaces/_/actions/s?code=false", 200, """
                {"namespace":"guest","name":"s","exec":{"kind":"sequence","components":["/whisk.system/utils/echo"]},
                 "parameters":[{"key":"_actions","value":["/whisk.system/utils/echo"]},{"key":"a","value":"$HOME/x"},{"key":"b","value":[1],"init":true}],
                 "annotations":[%s]}
                """.formatted(mark));
        wsk.with("HOME", "/home/me");

        assertThat(wsk.run("project", "export", "--projectname", "shop").err()).isEmpty();
        assertThat(wsk.run("project", "sync", "--strict").err()).isEmpty();

        assertThat(body("/actions/s"))
                .contains(
                        "\"parameters\":[{\"key\":\"a\",\"value\":\"$HOME/x\"},{\"key\":\"b\",\"value\":[1],\"init\":true}]");
    }

    @Test
    @Tag("L-41")
    void anExportHoldsOfABindingsInputsOnlyItsOwn() throws IOException {
        String mark = "{\"key\":\"whisk-managed\",\"value\":{\"projectName\":\"shop\",\"inputs\":[\"same\"]}}";
        String document =
                "{\"namespace\":\"guest\",\"name\":\"mine\",\"binding\":{\"namespace\":\"guest\",\"name\":\"theirs\"},"
                        + "\"parameters\":[{\"key\":\"inherited\",\"value\":1},{\"key\":\"other\",\"value\":3},{\"key\":\"same\",\"value\":4}],"
                        + "\"annotations\":[" + mark + "]}";
        list("packages", "[" + document + "]");
        wsk.server().standing("/api/v1/namespaces/_/packages/mine", 200, document);
        wsk.server()
                .standing(
                        "/api/v1/namespaces/guest/packages/theirs",
                        200,
                        "{\"namespace\":\"guest\",\"name\":\"theirs\",\"parameters\":[{\"key\":\"inherited\",\"value\":1},"
                                + "{\"key\":\"other\",\"value\":2},{\"key\":\"same\",\"value\":4}]}");

        assertThat(wsk.run("project", "export", "--projectname", "shop").err()).isEmpty();

        assertThat(Files.readString(folder.resolve("manifest.yaml"))).endsWith("""
                      dependencies:
                        mine:
                          location: /_/theirs
                          inputs:
                            other: 3
                            same: 4
                """);
    }

    @Test
    @Tag("L-41")
    @Tag("F-5")
    void anExportedIntervalBeginsAtADateOnlyIfItWasGivenOne() throws IOException {
        wsk.server()
                .standing(
                        "/api/v1/namespaces/whisk.system/actions/alarms/interval?blocking=true&result=true",
                        200,
                        "{\"config\":{\"minutes\":30,\"startDate\":\"2026-12-01T00:00:00Z\"}}");
        for (String each : List.of("often", "later")) {
            String given = each.equals("later") ? "\"minutes\",\"startDate\"" : "\"minutes\"";
            String mark = "{\"key\":\"whisk-managed\",\"value\":{\"projectName\":\"%s\",\"inputs\":[%s]}}"
                    .formatted(each, given);
            String document =
                    "{\"namespace\":\"guest\",\"name\":\"t\",\"annotations\":[{\"key\":\"feed\",\"value\":\"/whisk.system/alarms/interval\"},"
                            + mark + "]}";
            list("triggers", "[" + document + "]");
            wsk.server().standing("/api/v1/namespaces/_/triggers/t", 200, document);

            assertThat(wsk.run("project", "export", "--projectname", each, "--project", each)
                            .exitCode())
                    .isZero();
        }

        assertThat(folder.resolve("often/manifest.yaml"))
                .content()
                .contains("minutes: 30")
                .doesNotContain("startDate");
        assertThat(folder.resolve("later/manifest.yaml")).content().contains("startDate: \"2026-12-01T00:00:00Z\"");
    }

    @Test
    @Tag("L-40")
    @Tag("L-41")
    void anExportedInputIsReadAsItWasWhateverItLooksLike() throws IOException {
        String mark = "{\"key\":\"whisk-managed\",\"value\":{\"projectName\":\"shop\"}}";
        String parameters =
                "[{\"key\":\"a\",\"value\":\"string\"},{\"key\":\"b\",\"value\":{\"type\":\"integer\",\"value\":5}},"
                        + "{\"key\":\"c\",\"value\":{\"type\":\"integer\",\"more\":5}},{\"key\":\"d\",\"value\":null}]";
        String document = "{\"namespace\":\"guest\",\"name\":\"p\",\"parameters\":" + parameters + ",\"annotations\":["
                + mark + "]}";
        list("packages", "[" + document + "]");
        wsk.server().standing("/api/v1/namespaces/_/packages/p", 200, document);
        assertThat(wsk.run("project", "export", "--projectname", "shop", "--project", "back")
                        .exitCode())
                .isZero();
        list("packages", "[]");

        assertThat(wsk.run("project", "deploy", "--project", "back", "--strict").err())
                .isEmpty();

        assertThat(body("/packages/p")).contains("\"parameters\":" + parameters);
    }
}
