package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whole transcripts, one file for each group of commands.
final class GoldenFilesTest extends WskTest {
    @Test
    @Tag("L-11")
    @Tag("L-12")
    @Tag("L-13")
    @Tag("L-24")
    @Tag("L-25")
    @Tag("L-28")
    void packages() throws IOException {
        new GoldenFile(wsk, folder).check("package.txt");
    }

    @Test
    @Tag("L-14")
    @Tag("L-24")
    @Tag("L-25")
    @Tag("L-28")
    void rules() throws IOException {
        new GoldenFile(wsk, folder).check("rule.txt");
    }

    @Test
    @Tag("L-15")
    @Tag("L-16")
    @Tag("L-17")
    @Tag("L-24")
    @Tag("L-28")
    void triggers() throws IOException {
        new GoldenFile(wsk, folder).check("trigger.txt");
    }

    @Test
    @Tag("F-1")
    @Tag("F-2")
    @Tag("L-15")
    @Tag("L-16")
    void feeds() throws IOException {
        new GoldenFile(wsk, folder).check("feed.txt");
    }

    @Test
    @Tag("L-18")
    @Tag("L-19")
    @Tag("L-24")
    @Tag("G-6")
    void apis() throws IOException {
        new GoldenFile(wsk, folder).check("api.txt");
    }

    @Test
    @Tag("L-22")
    @Tag("L-37")
    @Tag("L-38")
    @Tag("L-39")
    @Tag("L-40")
    @Tag("L-41")
    void projects() throws IOException {
        wsk.with("TEAM", "Our");
        new GoldenFile(wsk, folder).check("project.txt");
        assertThat(folder.resolve("back/orders/list.js")).hasContent("function main() {}");
        assertThat(folder.resolve("back/manifest.yaml")).hasContent("""
                project:
                  name: small
                  packages:
                    orders:
                      public: true
                      inputs:
                        stage: test
                      annotations:
                        owner: us
                      actions:
                        list:
                          runtime: "nodejs:20"
                          main: run
                          function: orders/list.js
                          web: "true"
                          inputs:
                            greeting: Hello
                          annotations:
                            note: 5
                          limits:
                            timeout: 1000
                    default:
                      dependencies:
                        clock:
                          location: /whisk.system/alarms
                      sequences:
                        both:
                          actions: "orders/list,/whisk.system/utils/echo"
                      triggers:
                        tick:
                          inputs:
                            a: 1
                      rules:
                        onTick:
                          trigger: tick
                          action: orders/list
                """);
    }

    @Test
    @Tag("L-22")
    @Tag("L-41")
    @Tag("F-2")
    void projectsThatWouldHarmWhatIsThere() throws IOException {
        new GoldenFile(wsk, folder).check("project-harm.txt");
    }

    @Test
    @Tag("L-22")
    @Tag("L-40")
    @Tag("L-41")
    void projectsInStepWithWhatIsThere() throws IOException {
        new GoldenFile(wsk, folder).check("project-sync.txt");
        assertThat(folder.resolve("back/manifest.yaml")).hasContent("""
                project:
                  name: shop
                  packages:
                    orders:
                      actions:
                        list:
                          runtime: "nodejs:20"
                          function: orders/list.js
                          web: "true"
                      apis:
                        The shop:
                          /shop:
                            /orders:
                              orders/list:
                                method: GET
                                response: http
                """);
        assertThat(folder.resolve("documented/manifest.yaml")).hasContent("""
                project:
                  name: shop
                  config: apis/openapi.json
                  packages:
                    orders: {}
                """);
        assertThat(folder.resolve("documented/apis/openapi.json")).hasContent("""
                {
                    "swagger": "2.0",
                    "basePath": "/shop",
                    "info": {
                        "title": "The shop"
                    },
                    "paths": {
                        "/orders": {
                            "parameters": [],
                            "get": {
                                "x-openwhisk": {
                                    "namespace": "guest",
                                    "package": "orders",
                                    "action": "list"
                                }
                            }
                        }
                    },
                    "x-gateway-configuration": {
                        "assembly": {
                            "execute": [
                                {
                                    "operation-switch": {
                                        "case": [
                                            {
                                                "operations": [
                                                    "ours"
                                                ],
                                                "execute": []
                                            },
                                            {
                                                "operations": [
                                                    "theirs",
                                                    "ours"
                                                ],
                                                "execute": []
                                            }
                                        ]
                                    }
                                }
                            ]
                        }
                    }
                }
                """);
        assertThat(folder.resolve("undocumented/manifest.yaml")).content().contains("response: http");
    }

    @Test
    @Tag("L-22")
    @Tag("L-40")
    @Tag("L-41")
    void projectsLeaveWhatIsNotTheirOwn() throws IOException {
        new GoldenFile(wsk, folder).check("project-owners.txt");
        assertThat(folder.resolve("back/manifest.yaml")).hasContent("""
                project:
                  name: shop
                  packages:
                    orders:
                      actions:
                        list:
                          runtime: "nodejs:20"
                          function: orders/list.js
                          web: "true"
                      dependencies:
                        tools:
                          location: "https://github.com/us/tools"
                          version: v1.2
                      apis:
                        The shop:
                          /shop:
                            /orders:
                              orders/list:
                                method: "GET,POST"
                                response: http
                """);
    }

    @Test
    @Tag("L-22")
    @Tag("L-40")
    void manifestsThatDoNotFitTogetherChangeNothing() throws IOException {
        new GoldenFile(wsk, folder).check("project-checks.txt");
    }

    @Test
    @Tag("L-41")
    @Tag("F-2")
    void exportsOfFeedsAndOfNamesThatLeadElsewhere() throws IOException {
        new GoldenFile(wsk, folder).check("project-feeds.txt");
        assertThat(folder.resolve("back/manifest.yaml")).hasContent("""
                project:
                  name: small
                  packages:
                    default:
                      triggers:
                        morning:
                          feed: /whisk.system/alarms/alarm
                          inputs:
                            cron: "0 7 * * *"
                            trigger_payload:
                              a: 1
                          annotations:
                            note: 1
                        deaf:
                          feed: /whisk.system/utils/deaf
                """);
        assertThat(folder.resolve("away")).doesNotExist();
    }

    @Test
    @Tag("L-37")
    @Tag("L-39")
    @Tag("L-40")
    void manifestsThatCannotBeUsed() throws IOException {
        new GoldenFile(wsk, folder).check("manifest-errors.txt");
    }

    @Test
    @Tag("L-23")
    void skeletonsAndCompletion() throws IOException {
        new GoldenFile(wsk, folder).check("sdk.txt");
    }
}
