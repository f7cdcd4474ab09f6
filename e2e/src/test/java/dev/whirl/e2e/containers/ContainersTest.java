package dev.whirl.e2e.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.sandbox.docker.TestEngine;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A server whose functions run in containers.
class ContainersTest {
    private static final String PRINTING = """
            function main(args) { console.log('out', args.n); console.error('err'); return { n: args.n }; }
            """;

    @SuppressWarnings("NullAway.Init")
    private static WhirlServer server;

    @SuppressWarnings("NullAway.Init")
    private static Api guest;

    @BeforeAll
    static void start() throws Exception {
        server = WhirlServer.start(ServerOptions.DEFAULT
                .with("sandbox.backend", "docker")
                .with("sandbox.docker.socket", TestEngine.socket().toString())
                .with("sandbox.docker.pull-runtimes", "false")
                .with("sandbox.docker.images", "nodejs:20=whirl-test/nodejs:20"));
        guest = Api.guest(server);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Tag("K-16")
    void aFunctionOfOurImageRunsAndItsLinesAreKept() {
        String name = guest.stored(Code.NODE, PRINTING, "");

        Answer answer = guest.invoke(name, "{\"n\":1}").expect(200);

        assertThat(answer.at("response", "result").toString()).isEqualTo("{\"n\":1}");
        assertThat(guest.recordWithLogs(answer.text("activationId")).logs())
                .hasSize(2)
                .anyMatch(line -> line.endsWith("stdout: out 1"))
                .anyMatch(line -> line.endsWith("stderr: err"));
    }

    @Test
    void anImageThatBehavesAsApachesOwnNodeRuntimeDoesWorks() {
        put(
                "apache",
                "{\"kind\":\"blackbox\",\"image\":\"whirl-test/apache:1\",\"code\":\"%s\"}"
                        .formatted(PRINTING.strip()));

        for (String n : new String[] {"1", "2", "3"}) {
            Answer answer = guest.invoke("apache", "{\"n\":" + n + "}").expect(200);

            assertThat(answer.at("response", "result").toString()).isEqualTo("{\"n\":" + n + "}");
            assertThat(guest.recordWithLogs(answer.text("activationId")).logs())
                    .hasSize(2)
                    .anyMatch(line -> line.endsWith("stdout: out " + n));
        }
    }

    @Test
    void anImageWithoutCodeIsItsOwnFunction() {
        put("probe", "{\"kind\":\"blackbox\",\"image\":\"whirl-test/probe:1\"}");

        assertThat(guest.result("probe", "{\"do\":\"echo\",\"x\":1}")
                        .expect(200)
                        .body())
                .contains("\"x\": 1");
    }

    @Test
    @Tag("K-25")
    @Tag("attack-36")
    void whatIsWrongWithAUsersImageIsTheUsersErrorAndDisturbsNobody() {
        put("gone", "{\"kind\":\"blackbox\",\"image\":\"whirl-test/gone\"}");
        put("empty", "{\"kind\":\"blackbox\",\"image\":\"whirl-test/empty:1\"}");
        put("mute", "{\"kind\":\"blackbox\",\"image\":\"whirl-test/mute:1\"},\"limits\":{\"timeout\":1000}");

        assertThat(error("gone")).isEqualTo("\"Failed to pull container image 'whirl-test/gone'.\"");
        assertThat(error("empty")).isEqualTo("\"executable file not found in image whirl-test/empty:1\"");
        assertThat(error("mute"))
                .isEqualTo("\"The action exceeded its time limits of 1000 milliseconds during initialization.\"");
        assertThat(guest.result(guest.stored(Code.NODE, Code.NODE_ECHO, ""), "{\"a\":1}")
                        .expect(200)
                        .body())
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void whereProcessesCannotBeIsolatedContainersAreTaken() throws Exception {
        ServerOptions without = ServerOptions.DEFAULT
                .withPrefix(List.of(
                        "unshare", "--mount", "sh", "-c", "mount --bind /dev/null /usr/bin/bwrap && exec \"$@\"", "sh"))
                .with("sandbox.docker.socket", TestEngine.socket().toString())
                .with("sandbox.docker.pull-runtimes", "false")
                .with("sandbox.docker.images", "nodejs:20=whirl-test/nodejs:20");

        try (WhirlServer other = WhirlServer.start(without)) {
            Api api = Api.guest(other);

            assertThat(api.result(api.stored(Code.NODE, Code.NODE_ECHO, ""), "{\"a\":1}")
                            .expect(200)
                            .body())
                    .isEqualTo("{\"a\":1}");
        }
    }

    private static void put(String name, String exec) {
        guest.put(Api.action(name), "{\"exec\":" + exec + "}").expect(200);
    }

    private static String error(String name) {
        Answer answer = guest.invoke(name, "{}").expect(502);
        assertThat(answer.text("response", "status")).isEqualTo("action developer error");
        return answer.at("response", "result", "error").toString();
    }
}
