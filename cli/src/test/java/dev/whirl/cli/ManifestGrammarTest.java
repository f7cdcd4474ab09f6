package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The keys of manifests, and the forms in which people and other programs write them.
final class ManifestGrammarTest extends ProjectTest {
    /// As OpenWhisk's own export writes one: every key is there, and what it does not know is
    /// empty.
    private static final String EXPORTED = """
            project:
              name: shop
              namespace: ""
              credential: ""
              apiHost: ""
              apigwAccessToken: ""
              version: ""
              packages: {}
              inputs: {}
              config: ""
            packages:
              orders:
                name: orders
                version: 0.0.3
                license: ""
                dependencies: {}
                namespace: guest
                credential: ""
                apiHost: ""
                apigwAccessToken: ""
                actions:
                  list:
                    name: list
                    location: ""
                    version: 0.0.7
                    function: orders/list.js
                    filepath: ""
                    code: ""
                    runtime: nodejs:20
                    namespace: guest/orders
                    credential: ""
                    exposedUrl: ""
                    web-export: ""
                    web: ""
                    main: ""
                    limits: null
                    inputs:
                      greeting: Hello
                      options:
                        value: [1, 2]
                    outputs: {}
                    annotations:
                      web-export: true
                      final: true
                triggers:
                  placed:
                    feed: ""
                    namespace: guest
                    credential: ""
                    inputs: {}
                    name: placed
                    source: ""
                feeds: {}
                rules:
                  onPlaced:
                    trigger: placed
                    action: orders/list
                    rule: ""
                    name: onPlaced
                inputs: {}
                sequences:
                  both:
                    actions: list,list
                    web: ""
                apis: {}
            filepath: ""
            """;

    @Test
    @Tag("L-37")
    @Tag("L-38")
    @Tag("L-39")
    @Tag("L-40")
    @Tag("L-41")
    void whatOpenWhiskExportedIsDeployed() throws IOException {
        Files.createDirectory(folder.resolve("orders"));
        wsk.file("orders/list.js", "x");
        wsk.file("manifest.yaml", EXPORTED);

        var run = wsk.run("project", "deploy", "--strict");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("warning: manifest.yaml: line ")
                        && line.contains(": 'namespace' of ")
                        && line.contains(" has no effect: "));
        assertThat(body("/actions/orders/list"))
                .contains(
                        "\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"}",
                        "[{\"key\":\"greeting\",\"value\":\"Hello\"},{\"key\":\"options\",\"value\":[1,2]}]",
                        "{\"key\":\"web-export\",\"value\":true},{\"key\":\"final\",\"value\":true}");
        assertThat(body("/actions/orders/both")).contains("\"components\":[\"/_/orders/list\",\"/_/orders/list\"]");
        assertThat(body("/triggers/placed")).contains("\"annotations\":[]");
        assertThat(body("/rules/onPlaced")).contains("\"action\":\"/_/orders/list\"");
    }

    @ParameterizedTest
    @CsvSource({
        "python, python:default",
        "nodejs, nodejs:default",
        "nodejs@18, nodejs:18",
        "'python:3.11', 'python:3.11'",
        "native, native",
        "dotnet, dotnet:default"
    })
    @Tag("L-39")
    void aRuntimeIsWrittenInSeveralWays(String runtime, String kind) throws IOException {
        manifest("{p: {actions: {a: {code: x, runtime: '" + runtime + "'}}}}");

        assertThat(wsk.run("project", "deploy").exitCode()).isZero();

        assertThat(body("/actions/p/a")).contains("\"exec\":{\"kind\":\"" + kind + "\",");
    }

    @Test
    @Tag("L-39")
    void aJavaActionMustBeCompiledAndNameItsClass() throws IOException {
        wsk.file("Hello.java", "class Hello {}");
        wsk.archive("hello.jar");

        manifest("{p: {actions: {a: {function: Hello.java, main: Hello}}}}");
        assertThat(wsk.run("project", "deploy").err())
                .startsWith("error: manifest.yaml: line 1, column 30: action 'p/a': '.java' is not a supported action"
                        + " runtime: compile it, pack the classes into a .jar, and name the main class\n");
        manifest("{p: {actions: {a: {function: hello.jar}}}}");
        assertThat(wsk.run("project", "deploy").err())
                .startsWith("error: manifest.yaml: line 1, column 30: action 'p/a': a Java action needs 'main', the"
                        + " whole name of its class\n");
        assertThat(wsk.server().seen()).isEmpty();
        manifest("{p: {actions: {a: {function: hello.jar, runtime: java, main: com.example.Hello}}}}");
        assertThat(wsk.run("project", "deploy").exitCode()).isZero();
        assertThat(body("/actions/p/a")).contains("\"kind\":\"java:default\"", "\"main\":\"com.example.Hello\"");
    }

    @Test
    @Tag("L-38")
    void theDescriptionOfAPackageIsAnAnnotation() throws IOException {
        manifest(
                "{p: {description: sells, annotations: {owner: us}}, q: {description: a, annotations: {description: b}}}");

        assertThat(wsk.run("project", "deploy", "--strict").err()).isEmpty();

        assertThat(body("/packages/p"))
                .contains("[{\"key\":\"owner\",\"value\":\"us\"},{\"key\":\"description\",\"value\":\"sells\"}]");
        assertThat(body("/packages/q")).contains("[{\"key\":\"description\",\"value\":\"b\"}]");
    }

    @Test
    @Tag("L-37")
    @Tag("L-38")
    @Tag("L-39")
    @Tag("L-40")
    void whatIsKnownAndHasNoEffectIsAWarningHoweverStrict() throws IOException {
        manifest("{p: {repositories: [{url: u}], feeds: {f: {location: l}}, namespace: n, credential: c, apiHost: h,"
                + " apigwAccessToken: t, version: 0.0.1, license: Apache-2.0,"
                + " actions: {a: {code: x, runtime: native, name: b, filepath: f, exposedUrl: u, outputs: {o: string},"
                + " limits: {userInvocationRate: 1, codeSize: 2, parameterSize: 3}}},"
                + " triggers: {t: {namespace: n, credential: c}},"
                + " rules: {r: {trigger: t, action: a, rule: x}}}}");

        var run = wsk.run("project", "deploy", "--strict");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err().lines().map(line -> line.replaceFirst("^warning: manifest.yaml: [^:]*: ", "")))
                .containsExactly(
                        "'namespace' of package 'p' has no effect: where to deploy to is said once, by the project or the command line",
                        "'credential' of package 'p' has no effect: where to deploy to is said once, by the project or the command line",
                        "'apiHost' of package 'p' has no effect: where to deploy to is said once, by the project or the command line",
                        "'apigwAccessToken' of package 'p' has no effect: where to deploy to is said once, by the project or the command line",
                        "'feeds' of package 'p' has no effect: feeds are named by triggers",
                        "'repositories' of package 'p' has no effect: nothing here uses it",
                        "'exposedUrl' of action 'a' has no effect: nothing here uses it",
                        "'filepath' of action 'a' has no effect: nothing here uses it",
                        "'name' of action 'a' has no effect: its name is the key above it, 'a'",
                        "'userInvocationRate' of the limits of an action has no effect: only the server's operator can change it",
                        "'codeSize' of the limits of an action has no effect: only the server's operator can change it",
                        "'parameterSize' of the limits of an action has no effect: only the server's operator can change it",
                        "'credential' of trigger 't' has no effect: where to deploy to is said once, by the project or the command line",
                        "'namespace' of trigger 't' has no effect: where to deploy to is said once, by the project or the command line",
                        "'rule' of rule 'r' has no effect: nothing here uses it");
    }

    @Test
    @Tag("L-37")
    void aDeploymentFileMayHaveEveryKeyOfAManifest() throws IOException {
        manifest("{p: {actions: {a: {code: x, runtime: native, inputs: {k: 1}}}, triggers: {t: {}}}}");
        wsk.file(
                "deployment.yaml",
                "project: {name: shop, version: 1, license: MIT, packages: {p: {version: 0.0.1, description: d,"
                        + " actions: {a: {function: other.js, inputs: {k: 2}}}, sequences: {}, rules: {r: {}},"
                        + " triggers: {t: {feed: f, annotations: {n: 1}}}}}}\n");

        var run = wsk.run("project", "deploy", "--strict");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err().lines().map(line -> line.replaceFirst("^warning: deployment.yaml: [^:]*: ", "")))
                .containsExactly(
                        "'description' of package 'p' has no effect: a deployment file says only 'inputs' and 'annotations'",
                        "'rules' of package 'p' has no effect: a deployment file says only 'inputs' and 'annotations'",
                        "'function' of action 'a' has no effect: a deployment file says only 'inputs' and 'annotations'",
                        "'feed' of trigger 't' has no effect: a deployment file says only 'inputs' and 'annotations'");
        assertThat(body("/actions/p/a")).contains("{\"key\":\"k\",\"value\":2}", "\"code\":\"x\"");
        assertThat(body("/triggers/t")).contains("{\"key\":\"n\",\"value\":1}");
        wsk.file("deployment.yaml", "packages: {p: {actions: {a: {input: {k: 2}}}}}");
        assertThat(wsk.run("project", "deploy", "--strict").err())
                .startsWith("error: deployment.yaml: line 1, column 30: unknown key 'input' in action 'a'");
    }

    @Test
    @Tag("L-37")
    void whatADeploymentFileSaysOfThingsThatAreNotThereIsTold() throws IOException {
        manifest("{p: {actions: {a: {code: x, runtime: native}}, sequences: {s: {actions: a}}, triggers: {t: {}}}}");
        wsk.file("deployment.yaml", """
                packages:
                  nowhere:
                    inputs: {k: 1}
                  p:
                    actions: {a: {inputs: {k: 1}}, b: {inputs: {k: 1}}, s: {inputs: {k: 1}}}
                    sequences: {s: {annotations: {k: 1}}}
                    triggers: {t: {inputs: {k: 1}}, u: {inputs: {k: 1}}}
                """);

        var run = wsk.run("project", "deploy");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo("""
                warning: deployment.yaml: line 2, column 3: package 'nowhere' has no effect: the manifest has none of this name
                warning: deployment.yaml: line 5, column 36: action 'b' of package 'p' has no effect: the manifest has none of this name
                warning: deployment.yaml: line 5, column 57: action 's' of package 'p' has no effect: the manifest has none of this name
                warning: deployment.yaml: line 7, column 37: trigger 'u' of package 'p' has no effect: the manifest has none of this name
                """);
        assertThat(wsk.run("project", "deploy", "--strict").err())
                .startsWith("error: deployment.yaml: line 2, column 3: package 'nowhere' has no effect");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "web: true, rawHTTP: true | {\"key\":\"web-export\",\"value\":true},{\"key\":\"raw-http\",\"value\":true},{\"key\":\"final\",\"value\":true}",
                "web-export: raw           | {\"key\":\"web-export\",\"value\":true},{\"key\":\"raw-http\",\"value\":true}",
                "web: false                | {\"key\":\"web-export\",\"value\":false}",
                "conductor: true           | {\"key\":\"conductor\",\"value\":true}",
                "description: says hello   | {\"key\":\"description\",\"value\":\"says hello\"}",
                "main: run                 | \"main\":\"run\"",
                "limits: {timeout: 1, memorySize: 2, logSize: 3, concurrency: 4} | \"limits\":{\"timeout\":1,\"memory\":2,\"logs\":3,\"concurrency\":4}",
                "limits: {concurrentActivations: 5} | \"limits\":{\"concurrency\":5}",
                "outputs: {greeting: {type: string}}, version: 0.0.2 | \"code\":\"x\"",
                "inputs: {k: {type: json, value: '{\"a\":1}', required: true, schema: {type: object}, status: basic}} | {\"key\":\"k\",\"value\":{\"a\":1}}",
                "inputs: {k: {type: integer, default: 7, description: seven}} | {\"key\":\"k\",\"value\":7}",
                "inputs: {k: {value: s3cret, init: true}} | {\"key\":\"k\",\"value\":\"s3cret\",\"init\":true}"
            })
    @Tag("L-39")
    @Tag("L-40")
    void whatAnActionSaysIsSent(String keys, String sent) throws IOException {
        manifest("{p: {actions: {a: {code: x, runtime: 'nodejs:20', " + keys + "}}}}");

        assertThat(wsk.run("project", "deploy", "--strict").err()).isEmpty();

        assertThat(body("/actions/p/a")).contains(sent);
    }

    @Test
    @Tag("L-39")
    void imagesAndExecutablesRunInContainers() throws IOException {
        wsk.file("tool", "#!/bin/sh");
        manifest("{p: {actions: {own: {docker: me/tool}, exe: {function: tool, native: true},"
                + " script: {location: tool, docker: 'me/shell:2'}}}}");

        assertThat(wsk.run("project", "deploy", "--strict").err()).isEmpty();

        assertThat(body("/actions/p/own")).contains("\"exec\":{\"kind\":\"blackbox\",\"image\":\"me/tool\"}");
        assertThat(body("/actions/p/exe")).contains("\"image\":\"openwhisk/dockerskeleton\"", "#!/bin/sh");
        assertThat(body("/actions/p/script")).contains("\"image\":\"me/shell:2\"", "#!/bin/sh");
    }

    @Test
    @Tag("L-40")
    void theSourceOfATriggerIsItsFeed() throws IOException {
        manifest("{default: {triggers: {t: {source: /whisk.system/alarms/alarm}}}}");

        wsk.run("project", "deploy");

        assertThat(body("/triggers/t")).contains("{\"key\":\"feed\",\"value\":\"/whisk.system/alarms/alarm\"}");
    }

    @Test
    @Tag("L-37")
    void bothFilesMayEndInYml() throws IOException {
        wsk.file("manifest.yml", "packages: {p: {inputs: {k: 1}}}");
        wsk.file("deployment.yml", "packages: {p: {inputs: {k: 2}}}");

        assertThat(wsk.run("project", "deploy").exitCode()).isZero();

        assertThat(body("/packages/p")).contains("{\"key\":\"k\",\"value\":2}");
    }

    @Test
    @Tag("L-22")
    void thePropertiesFileThatIsNamedMustBeThere() throws IOException {
        manifest("{p: {}}");
        wsk.file("team.props", "APIHOST=" + wsk.server().url() + "\nAUTH=team:key\nNAMESPACE=team\n");
        Files.createDirectory(folder.resolve("folder"));

        assertThat(wsk.run("project", "deploy", "--config", "nowhere"))
                .isEqualTo(new Wsk.Run(
                        1, "", "error: The properties file 'nowhere' does not exist; --config must name one\n"));
        assertThat(wsk.run("project", "undeploy", "--config", "folder"))
                .isEqualTo(new Wsk.Run(
                        1, "", "error: The properties file 'folder' is not a file; --config must name one\n"));
        assertThat(wsk.server().seen()).isEmpty();
        wsk.run("project", "deploy", "--config", "team.props");
        assertThat(wsk.server().last().header("Authorization")).isEqualTo("Basic dGVhbTprZXk=");
        assertThat(wsk.server().last().target()).startsWith("/api/v1/namespaces/team/");
    }
}
