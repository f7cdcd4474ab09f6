package dev.whirl.e2e.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.CounterService;
import dev.whirl.e2e.support.Processes;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.WhirlServer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A server whose functions reach the API and the outside, and nothing of this machine.
class FilteredNetworkTest {
    private static final ServerOptions FILTERED = ServerOptions.DEFAULT.with("sandbox.process.network", "filtered");

    /// Calls an action and waits for its result, as a client in a function does.
    private static final String CALL_BACK = """
            const http = require('http');
            function main(args) {
              return new Promise((done, fail) => {
                const url = process.env.__OW_API_HOST + '/api/v1/namespaces/_/actions/' + args.name
                    + '?blocking=true&result=true';
                const key = 'Basic ' + Buffer.from(process.env.__OW_API_KEY).toString('base64');
                const headers = {Authorization: key, 'Content-Type': 'application/json'};
                const request = http.request(url, {method: 'POST', headers}, response => {
                  let text = '';
                  response.on('data', part => text += part);
                  response.on('end', () => done({status: response.statusCode, body: text}));
                });
                request.on('error', fail);
                request.end(JSON.stringify({a: 1}));
              });
            }
            """;

    /// Connects, and says what came of that.
    private static final String CONNECT = """
            import socket
            def main(args):
                try:
                    socket.create_connection((args["host"], args["port"]), 3).close()
                    return {"outcome": "connected"}
                except OSError as e:
                    return {"outcome": type(e).__name__}
            """;

    private static WhirlServer server;
    private static Api guest;
    private static String connect;

    @BeforeAll
    static void start() {
        server = WhirlServer.start(FILTERED);
        guest = Api.guest(server);
        connect = guest.stored(Code.PYTHON, CONNECT, "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Tag("K-10")
    void aFunctionCallsThePlatformBackWithItsKey() {
        String echo = guest.stored(Code.NODE, Code.NODE_ECHO, "");
        String caller =
                guest.stored(Code.NODE, CALL_BACK, ",\"annotations\":[{\"key\":\"provide-api-key\",\"value\":true}]");

        Answer answer = guest.result(caller, "{\"name\":\"" + echo + "\"}").expect(200);

        assertThat(answer.number("status")).isEqualTo(200);
        assertThat(answer.text("body")).isEqualTo("{\"a\":1}");
    }

    @Test
    @Tag("attack-10")
    void servicesOfThisMachineAreNotReached() throws Exception {
        try (var service = new CounterService()) {
            assertThat(connect("10.0.2.2", service.port())).isEqualTo("PermissionError");
            assertThat(connect("127.0.0.1", service.port())).isEqualTo("ConnectionRefusedError");
            for (InetAddress own : ownAddresses()) {
                assertThat(connect(own.getHostAddress(), service.port())).isEqualTo("PermissionError");
                assertThat(connect(own.getHostAddress(), 22)).isEqualTo("PermissionError");
            }
            assertThat(service.counts()).isEmpty();
        }
    }

    @Test
    @Tag("attack-11")
    void metadataServicesAreNotReached() {
        assertThat(connect("169.254.169.254", 80)).isEqualTo("PermissionError");
        assertThat(connect("100.100.100.200", 80)).isEqualTo("PermissionError");
    }

    @Test
    void whatANetworkCannotReachIsNoFaultOfThePlatform() {
        connect("169.254.169.254", 80);

        assertThat(server.output()).doesNotContain(" WARN ", " ERROR ", "slirp");
    }

    @Test
    @Tag("attack-43")
    void nothingIsLeftOfAServerThatWasKilled() {
        try (WhirlServer killed = WhirlServer.start(FILTERED)) {
            Api caller = Api.guest(killed);
            caller.result(caller.stored(Code.NODE, Code.NODE_ECHO, ""), "{}").expect(200);
            List<ProcessHandle> all = killed.handle().descendants().toList();
            assertThat(all.stream().map(each -> each.info().command().orElse("")))
                    .anyMatch(command -> command.endsWith("/slirp4netns"));

            killed.kill();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> all.stream().noneMatch(Processes::isRunning));
        }
    }

    @Test
    void aMachineWithoutTheProgramIsToldWhatToInstall() {
        String hide = "mount --bind /dev/null \"$(command -v slirp4netns)\" && exec \"$@\"";
        var prefix = List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", hide, "sh");
        try (WhirlServer refused = WhirlServer.launch(FILTERED.withPrefix(prefix), WhirlServer.freePort())) {
            assertThat(refused.awaitExit(Duration.ofSeconds(30))).isEqualTo(1);
            assertThat(refused.output()).contains("apt-get install slirp4netns");
        }
    }

    private static String connect(String host, int port) {
        return guest.result(connect, "{\"host\":\"%s\",\"port\":%d}".formatted(host, port))
                .expect(200)
                .text("outcome");
    }

    private static List<InetAddress> ownAddresses() throws Exception {
        Stream<InetAddress> all = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses);
        return all.filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .toList();
    }
}
