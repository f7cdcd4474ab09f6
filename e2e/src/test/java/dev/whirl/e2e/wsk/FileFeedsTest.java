package dev.whirl.e2e.wsk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.S3Server;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Feeds of the package `files`, with a folder and with a bucket, as `wsk` makes them.
class FileFeedsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    @TempDir
    private Path watched;

    @Test
    void filesThatAppearInAFolderOrABucketFireTriggers() throws IOException {
        try (var server = WhirlServer.start(ServerOptions.DEFAULT.with("feeds.allowed-folders", watched.toString()));
                var bucket = new S3Server()) {
            var wsk = new Wsk(home, server.address());
            Api guest = Api.guest(server);
            List<String> place = place(bucket);
            String ofFolder = connected(
                    wsk,
                    guest,
                    "folder",
                    List.of("-p", "path", watched.toRealPath().toString()));
            String ofBucket =
                    connected(wsk, guest, "bucket", and(place, "-p", "prefix", "in/", "-p", "pollSeconds", "5"));

            Files.writeString(watched.resolve("order.txt"), "7");
            for (String key : List.of("out/no.txt", "in/a.txt")) {
                run(
                        wsk,
                        List.of("action", "invoke", "/whisk.system/s3/put", "--result"),
                        and(place, "-p", "key", key, "-p", "content", "x"));
            }

            assertThat(nameOfFile(guest, ofFolder)).isEqualTo("order.txt");
            assertThat(nameOfFile(guest, ofBucket)).isEqualTo("in/a.txt");
            assertThat(wsk.ok("trigger", "get", "folder"))
                    .contains("\"path\": \"%s\"".formatted(watched.toRealPath()), "\"active\": true");
            assertThat(wsk.ok("trigger", "get", "bucket"))
                    .contains("\"prefix\": \"in/\"", "\"active\": true")
                    .doesNotContain(S3Server.SECRET);
            wsk.ok("trigger", "delete", "folder");
            wsk.ok("trigger", "delete", "bucket");
            refusedFolderLeavesNoTrigger(wsk, guest);
        }
    }

    private static void refusedFolderLeavesNoTrigger(Wsk wsk, Api guest) {
        assertThat(wsk.run("trigger", "create", "secrets", "--feed", "/whisk.system/files/folder", "-p", "path", "/etc")
                        .expect(246)
                        .err())
                .contains("feeds.allowed-folders");
        guest.get(Api.OWN + "/triggers/secrets").expect(404);
    }

    private static List<String> place(S3Server bucket) {
        return List.of(
                "-p",
                "endpoint",
                bucket.address(),
                "-p",
                "bucket",
                "photos",
                "-p",
                "accessKeyId",
                S3Server.KEY_ID,
                "-p",
                "secretAccessKey",
                S3Server.SECRET);
    }

    private static List<String> and(List<String> words, String... more) {
        return Stream.concat(words.stream(), Stream.of(more)).toList();
    }

    private static void run(Wsk wsk, List<String> command, List<String> parameters) {
        var line = new ArrayList<>(command);
        line.addAll(parameters);
        wsk.ok(line.toArray(String[]::new));
    }

    /// An action that a feed calls, through a trigger and a rule.
    private static String connected(Wsk wsk, Api guest, String feed, List<String> parameters) {
        String action = guest.stored(Code.NODE, Code.NODE_ECHO, "");
        run(wsk, List.of("trigger", "create", feed, "--feed", "/whisk.system/files/" + feed), parameters);
        wsk.ok("rule", "create", feed + "-rule", feed, action);
        return action;
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
