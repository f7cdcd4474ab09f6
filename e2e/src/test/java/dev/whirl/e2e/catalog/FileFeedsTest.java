package dev.whirl.e2e.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.model.json.RawJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The feeds of the package `files`, with a folder and with a bucket.
class FileFeedsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void filesThatAppearInAFolderOrABucketFireTriggers() throws Exception {
        try (var server = WhirlServer.start(ServerOptions.DEFAULT.with("feeds.allowed-folders", folder.toString()));
                var bucket = new S3Server()) {
            Api guest = Api.guest(server);
            String place = "\"endpoint\":\"%s\",\"bucket\":\"photos\",\"accessKeyId\":\"%s\",\"secretAccessKey\":\"%s\""
                    .formatted(bucket.address(), S3Server.KEY_ID, S3Server.SECRET);
            String ofFolder = connected(guest, "folder", "\"path\":\"%s\"".formatted(folder.toRealPath()));
            String ofBucket = connected(guest, "bucket", place + ",\"prefix\":\"in/\",\"pollSeconds\":5");

            Files.writeString(folder.resolve("order.txt"), "7");
            for (String key : List.of("out/no.txt", "in/a.txt")) {
                call(guest, "s3/put", place + ",\"key\":\"%s\",\"content\":\"x\"".formatted(key));
            }

            assertThat(nameOfFile(guest, ofFolder)).isEqualTo("order.txt");
            assertThat(nameOfFile(guest, ofBucket)).isEqualTo("in/a.txt");
        }
    }

    /// An action that a feed calls, through a trigger and a rule.
    private static String connected(Api guest, String feed, String parameters) {
        String action = guest.stored(Code.NODE, Code.NODE_ECHO, "");
        guest.put(Api.OWN + "/triggers/" + feed, "{}").expect(200);
        guest.put(
                        Api.OWN + "/rules/" + feed + "-rule",
                        "{\"trigger\":\"/_/%s\",\"action\":\"/_/%s\"}".formatted(feed, action))
                .expect(200);
        call(
                guest,
                "files/" + feed,
                "\"lifecycleEvent\":\"CREATE\",\"triggerName\":\"/_/%s\",%s".formatted(feed, parameters));
        return action;
    }

    private static void call(Api guest, String action, String parameters) {
        guest.post(
                        "/api/v1/namespaces/whisk.system/actions/%s?blocking=true&result=true".formatted(action),
                        "{%s}".formatted(parameters))
                .expect(200);
    }

    /// Of the file that an action is called with first.
    private static String nameOfFile(Api guest, String action) {
        RawJson run = Waiting.until(
                        SOON,
                        () -> guest.get(Api.OWN + "/activations?docs=true&name=" + action)
                                .rows(),
                        each -> !each.isEmpty())
                .getLast();
        List<RawJson> files = run.field("response")
                .flatMap(each -> each.field("result"))
                .flatMap(each -> each.field("files"))
                .orElseThrow()
                .elements();
        assertThat(files).hasSize(1);
        return files.getFirst().field("name").flatMap(RawJson::asText).orElseThrow();
    }
}
