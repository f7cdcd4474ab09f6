package dev.whirl.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.SmallDisk;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The disk fills up while the server serves, and is given room again.
@Tag("crash")
@Tag("attack-44")
class DiskFullTest {
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    @Test
    void aFullDiskIsAnHonestErrorAndPasses() {
        try (var disk = SmallDisk.ofMebibytes(256, Path.of("/mnt"))) {
            ServerOptions options = ServerOptions.DEFAULT
                    .withPrefix(disk.prefix())
                    .withData(disk.folder().resolve("data"));
            List<String> accepted = new ArrayList<>();
            try (var server = WhirlServer.start(options)) {
                Api guest = Api.guest(server);
                guest.create("echo", Code.NODE, Code.NODE_ECHO);
                guest.invoke("echo", "{}").expect(200);

                disk.fill();
                refusesWritesHonestly(guest, accepted);
                disk.free();

                Waiting.until(RECOVERY, () -> put(guest, Names.unique("after")), answer -> answer.status() == 200);
                accepted.add(guest.start("echo", "{\"n\":1}"));
                accepted.forEach(guest::record);
                server.kill();
            }
            try (var server = WhirlServer.start(options)) {
                Api guest = Api.guest(server);
                guest.get(Api.action("echo")).expect(200);
                accepted.forEach(guest::record);
            }
        }
    }

    private static void refusesWritesHonestly(Api guest, List<String> accepted) {
        Answer refused =
                Waiting.until(RECOVERY, () -> put(guest, Names.unique("full")), answer -> answer.status() >= 500);
        assertThat(refused.json().fields()).containsKeys("error", "code");
        assertThat(refused.text("error")).doesNotContain("Exception", "org.rocksdb");

        for (int i = 0; i < 20; i++) {
            Answer answer = guest.post(Api.action("echo"), "{\"n\":" + i + "}");
            if (answer.status() == 202) {
                accepted.add(answer.text("activationId"));
            } else {
                assertThat(answer.status()).isGreaterThanOrEqualTo(500);
                assertThat(answer.json().fields()).containsKeys("error", "code");
            }
        }
        assertThat(guest.get(Api.action("echo")).expect(200).text("name")).isEqualTo("echo");
        assertThat(guest.invoke("echo", "{}").status()).isIn(200, 500, 503);
        assertThat(guest.get("/ping").expect(200).body()).isEqualTo("pong");
    }

    private static Answer put(Api guest, String name) {
        return guest.put(
                Api.action(name),
                "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"// %s\\nfunction main() {}\"}}"
                        .formatted("x".repeat(20_000)));
    }
}
