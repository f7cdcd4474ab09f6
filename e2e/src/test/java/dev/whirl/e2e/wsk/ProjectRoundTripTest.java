package dev.whirl.e2e.wsk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is exported and deployed again is what was there.
@Tag("L-41")
class ProjectRoundTripTest {
    @TempDir
    private Path folder;

    private final String name = Names.unique("round");

    @Test
    @Tag("F-5")
    @Tag("F-7")
    @Tag("R-65")
    @Tag("R-100")
    void whatIsWrittenBackDeploysTheSame() throws IOException {
        var wsk = new Wsk(folder, SharedServer.get().address());
        wsk.ok("package", "create", name + "-provider", "-p", "inherited", "1", "-p", "other", "2");
        wsk.file("list.js", Code.node("return { list: args.currency }"));
        wsk.file("manifest.yaml", """
                project:
                  name: %1$s
                  packages:
                    %1$s:
                      public: true
                      annotations: { note: 1 }
                      inputs:
                        currency: EUR
                        word: { value: string }
                        shape: { value: { type: integer, value: 5 } }
                      dependencies:
                        %1$s-mine: { location: /_/%1$s-provider, inputs: { other: 3, own: 4 } }
                      actions:
                        list: { function: list.js, web: true, inputs: { secret: { value: s, init: true } }, limits: { timeout: 30000 } }
                        quiet: { function: list.js, web: false }
                      sequences:
                        checkout: { actions: "inner, list", web: true, annotations: { a: 1 } }
                        inner: { actions: "list, quiet" }
                      triggers:
                        %1$s-placed: { inputs: { a: 1 } }
                        %1$s-often: { feed: /whisk.system/alarms/interval, inputs: { minutes: 30, trigger_payload: { a: 1 } } }
                      rules:
                        %1$s-rule: { trigger: %1$s-placed, action: checkout, annotations: { b: 2 } }
                """.formatted(name));
        wsk.ok("project", "sync");
        Map<String, String> before = everything();

        assertThat(wsk.run("project", "export", "--projectname", name, "--project", "back")
                        .expect(0)
                        .err())
                .isEmpty();

        assertThat(Files.readString(folder.resolve("back/manifest.yaml")))
                .doesNotContain("inherited", "_actions", "startDate");
        wsk.ok("project", "undeploy", "--projectname", name);
        SharedServer.guest().get(Api.OWN + "/packages/" + name).expect(404);
        assertThat(wsk.run("project", "sync", "--project", "back", "--strict")
                        .expect(0)
                        .err())
                .isEmpty();
        assertThat(everything()).isEqualTo(before);
        wsk.ok("project", "undeploy", "--projectname", name);
        wsk.ok("package", "delete", name + "-provider");
    }

    /// What there is, without what no deployment keeps: versions, times and marks.
    private Map<String, String> everything() {
        var all = new TreeMap<String, String>();
        for (String path : List.of(
                "packages/" + name,
                "packages/" + name + "-mine",
                "actions/" + name + "/list",
                "actions/" + name + "/quiet",
                "actions/" + name + "/checkout",
                "actions/" + name + "/inner",
                "triggers/" + name + "-placed",
                "triggers/" + name + "-often",
                "rules/" + name + "-rule")) {
            all.put(
                    path,
                    lasting(SharedServer.guest()
                            .get(Api.OWN + "/" + path)
                            .expect(200)
                            .json()));
        }
        String read = "{\"lifecycleEvent\":\"READ\",\"triggerName\":\"/_/%s-often\"}".formatted(name);
        var feed = SharedServer.guest()
                .post("/api/v1/feeds/interval", read)
                .expect(200)
                .at("config")
                .fields();
        feed.remove("startDate"); // half a minute after it was made
        all.put("feed", feed.toString());
        return all;
    }

    private static String lasting(RawJson document) {
        var fields = new TreeMap<String, String>();
        document.fields().forEach((key, value) -> fields.put(key, value.toString()));
        List.of("version", "updated", "actions", "feeds").forEach(fields::remove);
        for (String each : List.of("annotations", "parameters")) {
            fields.put(each, values(document.field(each).orElse(RawJson.EMPTY_ARRAY)));
        }
        return fields.toString();
    }

    private static String values(RawJson keyValues) {
        return keyValues.elements().stream()
                .map(RawJson::toString)
                .filter(each -> !each.contains("whisk-managed"))
                .sorted()
                .toList()
                .toString();
    }
}
