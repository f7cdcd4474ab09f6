package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.server.ServerConfig.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All that keeps a part of a cluster from starting is told in one list.
class RoleStartTest {
    private static final String TAKEN = "can't listen on 127\\.0\\.0\\.1 port \\d+: it is in use.*";
    private static final String NO_BROKER = "no Kafka broker of bus.kafka.servers = ";
    private static final String NO_REDIS = "gateway.redis.url: Redis at 127.0.0.1:";

    @TempDir
    private Path folder;

    private ServerSocket taken;
    private int nobody;

    @BeforeEach
    void take() throws IOException {
        taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
    }

    @AfterEach
    void giveBack() throws IOException {
        taken.close();
    }

    @Test
    void aGatewayTellsOfItsRedisAndItsPort() {
        assertThat(problems(Role.GATEWAY, ofGateway(Map.of())))
                .hasSize(2)
                .anyMatch(each -> each.startsWith(NO_REDIS) && !each.contains("hush"))
                .anyMatch(each -> each.matches(TAKEN));
    }

    @Test
    void aGatewayTellsOfThemBesideWhatIsWrongInItsConfiguration() {
        Map<String, String> wrong = Map.of(
                "http.tls-certificate", "/nowhere/server.pem",
                "http.tls-key", "/nowhere/server.key",
                "gateway.controllers", "controller-0:3233");

        assertThat(problems(Role.GATEWAY, ofGateway(wrong)))
                .hasSize(4)
                .anyMatch(each -> each.startsWith("http.tls-certificate, http.tls-key: can't be read"))
                .anyMatch(each -> each.startsWith("gateway.controllers must be addresses"))
                .anyMatch(each -> each.startsWith(NO_REDIS))
                .anyMatch(each -> each.matches(TAKEN));
    }

    @Test
    void aGatewayWithoutRedisTellsOfItsPortToo() {
        assertThat(problems(Role.GATEWAY, Map.of("http.port", port())))
                .hasSize(2)
                .anyMatch(each -> each.startsWith("gateway.redis.url is not set"))
                .anyMatch(each -> each.matches(TAKEN));
    }

    @Test
    void aProviderOfFeedsTellsOfItsDatabaseAndItsPort() {
        Map<String, String> settings = withStore(Map.of("http.port", port(), "feeds.api-host", "http://localhost:1"));

        assertThat(problems(Role.FEEDS, settings))
                .hasSize(2)
                .anyMatch(this::isOfTheDatabase)
                .anyMatch(each -> each.matches(TAKEN));
    }

    @Test
    void aProviderOfFeedsTellsOfThemBesideWhatIsWrongInItsConfiguration() {
        Map<String, String> settings = withStore(Map.of(
                "http.port", port(), "http.tls-certificate", "/nowhere/server.pem", "http.tls-key", "/nowhere/a.key"));

        assertThat(problems(Role.FEEDS, settings))
                .hasSize(4)
                .anyMatch(each -> each.startsWith("feeds.api-host is not set"))
                .anyMatch(each -> each.startsWith("http.tls-certificate, http.tls-key: can't be read"))
                .anyMatch(this::isOfTheDatabase)
                .anyMatch(each -> each.matches(TAKEN));
    }

    @Test
    void anInvokerThatCannotLearnItsNumberTellsOfAllElseToo() throws IOException {
        assertThat(problems(Role.INVOKER, ofInvoker(Map.of())))
                .doesNotHaveDuplicates()
                .hasSize(4)
                .anyMatch(each -> each.startsWith(NO_BROKER))
                .anyMatch(this::isOfTheDatabase)
                .anyMatch(each -> each.contains("/nowhere/docker.sock"))
                .anyMatch(each -> each.matches(TAKEN));
    }

    @Test
    void soDoesOneWhoseConfigurationIsWrong() throws IOException {
        Map<String, String> wrong = Map.of(
                "pool.memory", "plenty",
                "invoker.http.tls-certificate", "/nowhere/server.pem",
                "invoker.http.tls-key", "/nowhere/server.key");

        assertThat(problems(Role.INVOKER, ofInvoker(wrong)))
                .hasSize(6)
                .anyMatch(each -> each.startsWith("pool.memory = plenty"))
                .anyMatch(each -> each.startsWith("invoker.http.tls-certificate, invoker.http.tls-key: can't be read"))
                .anyMatch(each -> each.startsWith(NO_BROKER))
                .anyMatch(each -> each.contains("/nowhere/docker.sock"))
                .anyMatch(each -> each.matches(TAKEN));
    }

    private Map<String, String> ofGateway(Map<String, String> more) {
        return with(
                more,
                Map.of("gateway.redis.url", "redis://:hush@127.0.0.1:%d/0".formatted(nobody), "http.port", port()));
    }

    private Map<String, String> ofInvoker(Map<String, String> more) throws IOException {
        Path manifest = Files.writeString(folder.resolve("runtimes.json"), "{\"runtimes\":{}}");
        return withStore(with(
                more,
                Map.of(
                        "invoker.name", "node-a",
                        "invoker.scratch", folder.resolve("scratch").toString(),
                        "invoker.http.enabled", "yes",
                        "invoker.http.port", port(),
                        "sandbox.backend", "docker",
                        "sandbox.docker.socket", "/nowhere/docker.sock",
                        "runtimes.manifest", manifest.toString(),
                        "bus.kafka.servers", "127.0.0.1:" + nobody,
                        "bus.kafka.publish-timeout", "1s")));
    }

    private Map<String, String> withStore(Map<String, String> more) {
        return with(more, Map.of("store.couchdb.url", "http://127.0.0.1:" + nobody, "store.couchdb.retries", "0"));
    }

    private boolean isOfTheDatabase(String problem) {
        return !problem.startsWith(NO_BROKER) && problem.contains("127.0.0.1:" + nobody);
    }

    private String port() {
        return Integer.toString(taken.getLocalPort());
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> others) {
        var all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }

    private static List<String> problems(Role role, Map<String, String> settings) {
        var reader = new ConfigReader(List.of(new ConfigReader.Source("test", settings)), Map.of());
        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> Wiring.platform(RoleStart.read(role, reader)));
        return Objects.requireNonNull(refused).problems();
    }
}
