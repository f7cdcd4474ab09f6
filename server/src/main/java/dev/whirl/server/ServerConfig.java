package dev.whirl.server;

import dev.whirl.bus.kafka.KafkaBusConfig;
import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.controller.ControllerConfig;
import dev.whirl.controller.SystemLimitsConfig;
import dev.whirl.controller.access.AccessConfig;
import dev.whirl.controller.api.http.HttpConfig;
import dev.whirl.feeds.FeedsConfig;
import dev.whirl.gateway.GatewayConfig;
import dev.whirl.invoker.InvokerConfig;
import dev.whirl.invoker.http.InvokerServerConfig;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.runtime.RuntimesManifest;
import dev.whirl.server.catalog.CatalogConfig;
import dev.whirl.store.couchdb.CouchStoreConfig;
import dev.whirl.store.embedded.EmbeddedStoreConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// The whole configuration of a process. Each way to run Whirl is one case.
sealed interface ServerConfig {
    /// Everything in one process.
    record Standalone(
            ControllerConfig controller,
            InvokerConfig invoker,
            InvokerServerConfig invokerServer,
            SystemLimits limits,
            EmbeddedStoreConfig store,
            SandboxConfig sandbox,
            RuntimesManifest runtimes,
            GatewayConfig gateway,
            FeedsConfig feeds,
            CatalogConfig catalog)
            implements ServerConfig {}

    /// One of several controllers: its invokers are other processes.
    ///
    /// @param farewell how long it says that it goes before it does
    record ControllerRole(
            ControllerConfig controller,
            SystemLimits limits,
            CouchStoreConfig store,
            KafkaBusConfig bus,
            Duration farewell,
            RuntimesManifest runtimes,
            GatewayConfig gateway,
            FeedsConfig feeds)
            implements ServerConfig {}

    /// One of several invokers.
    ///
    /// @param name that the cluster gives a number for; empty if the number is told
    /// @param scratch folder for what sandboxes need while they run
    record InvokerRole(
            InvokerConfig invoker,
            String name,
            InvokerServerConfig invokerServer,
            SystemLimits limits,
            CouchStoreConfig store,
            KafkaBusConfig bus,
            Path scratch,
            SandboxConfig sandbox,
            RuntimesManifest runtimes)
            implements ServerConfig {
        InvokerRole withId(InvokerId id) {
            return new InvokerRole(
                    invoker.withId(id), name, invokerServer, limits, store, bus, scratch, sandbox, runtimes);
        }
    }

    /// One of several gateways: controllers are other processes.
    ///
    /// @param controllers addresses of controllers, or of what stands before them
    record GatewayRole(HttpConfig http, GatewayConfig gateway, List<String> controllers) implements ServerConfig {
        public GatewayRole {
            controllers = List.copyOf(controllers);
        }
    }

    /// One of several providers of feeds: controllers are other processes.
    ///
    /// @param access of the operator, to metrics
    record FeedsRole(HttpConfig http, AccessConfig access, CouchStoreConfig store, FeedsConfig feeds)
            implements ServerConfig {}

    /// What a process does.
    enum Role {
        STANDALONE,
        CONTROLLER,
        INVOKER,
        GATEWAY,
        FEEDS
    }

    /// Reads every part, then complains about all problems at once.
    ///
    /// @throws ConfigException with one sentence a problem
    static ServerConfig read(Role role, ConfigReader reader) {
        return switch (role) {
            case STANDALONE -> standalone(reader);
            case CONTROLLER -> controller(reader);
            case INVOKER -> invoker(reader);
            case GATEWAY -> gateway(reader);
            case FEEDS -> feeds(reader);
        };
    }

    private static ControllerRole controller(ConfigReader reader) {
        var controller = ControllerConfig.read(reader);
        var limits = SystemLimitsConfig.read(reader, SystemLimits.OPENWHISK);
        var store = CouchStoreConfig.read(reader);
        var bus = KafkaBusConfig.read(reader);
        Duration farewell = reader.duration(
                "controller.farewell",
                Duration.ofSeconds(1),
                "How long a controller of a cluster that stops says that it is not ready and still serves what comes: the"
                        + " time that whoever spreads requests needs to notice.");
        RuntimesManifest runtimes = manifest(reader);
        var gateway = GatewayConfig.read(reader);
        var feeds = FeedsConfig.read(reader);
        reader.finish();
        return new ControllerRole(controller, limits, store, bus, farewell, runtimes, gateway, feeds);
    }

    private static FeedsRole feeds(ConfigReader reader) {
        var http = HttpConfig.read(reader);
        var access = AccessConfig.read(reader);
        var store = CouchStoreConfig.read(reader);
        var _ = KafkaBusConfig.read(reader); // not used: one file can serve all parts of a cluster
        var feeds = FeedsConfig.read(reader);
        if (feeds.apiHost().isEmpty()) {
            reader.problem("feeds.api-host is not set: a provider of feeds must know where to fire");
        } else if (!isAddress(feeds.apiHost())) {
            reader.problem("feeds.api-host must be an address such as http://controller-0:3233");
        }
        reader.finish();
        return new FeedsRole(http, access, store, feeds);
    }

    private static GatewayRole gateway(ConfigReader reader) {
        var http = HttpConfig.read(reader);
        var gateway = GatewayConfig.read(reader);
        String controllers = reader.text(
                "gateway.controllers",
                "http://localhost:3233",
                "Where whirl gateway finds controllers: addresses with commas between, which take turns.");
        List<String> addresses = Arrays.stream(controllers.split(","))
                .map(each -> each.strip().replaceFirst("/$", ""))
                .toList();
        if (!addresses.stream().allMatch(ServerConfig::isAddress)) {
            reader.problem(
                    "gateway.controllers must be addresses such as http://controller-0:3233, with commas between");
        }
        reader.finish();
        return new GatewayRole(http, gateway, addresses);
    }

    private static boolean isAddress(String text) {
        try {
            var url = new URI(text);
            boolean isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return isWeb && url.getHost() != null && url.getRawUserInfo() == null;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static InvokerRole invoker(ConfigReader reader) {
        var invoker = InvokerConfig.read(reader);
        String name = invokerName(reader);
        var invokerServer = InvokerServerConfig.read(reader);
        var limits = SystemLimitsConfig.read(reader, SystemLimits.OPENWHISK);
        var store = CouchStoreConfig.read(reader);
        var bus = KafkaBusConfig.read(reader);
        Path scratch = scratch(reader);
        var sandbox = SandboxConfig.read(reader, SandboxConfig.Backend.PROCESS);
        RuntimesManifest runtimes = manifest(reader);
        reader.finish();
        return new InvokerRole(invoker, name, invokerServer, limits, store, bus, scratch, sandbox, runtimes);
    }

    /// The name that a cluster gives a number for; empty if the number is told.
    static String invokerName(ConfigReader reader) {
        return reader.text(
                        "invoker.name",
                        "",
                        "Name of this invoker, unique among all that run, such as its machine's: the database gives it"
                                + " a number in place of invoker.id and keeps it. Empty: invoker.id counts.")
                .strip();
    }

    /// Where an invoker of a cluster writes.
    static Path scratch(ConfigReader reader) {
        return Path.of(reader.text("invoker.scratch", "./invoker", "Folder for what sandboxes need."));
    }

    private static Standalone standalone(ConfigReader reader) {
        var controller = ControllerConfig.read(reader);
        var invoker = InvokerConfig.read(reader);
        var invokerServer = InvokerServerConfig.read(reader);
        var limits = SystemLimitsConfig.read(reader, SystemLimits.STANDALONE);
        var store = EmbeddedStoreConfig.read(reader);
        var sandbox = SandboxConfig.read(reader, SandboxConfig.Backend.AUTO);
        RuntimesManifest runtimes = manifest(reader);
        var gateway = GatewayConfig.read(reader);
        var feeds = FeedsConfig.read(reader);
        var catalog = CatalogConfig.read(reader);
        reader.finish();
        return new Standalone(
                controller, invoker, invokerServer, limits, store, sandbox, runtimes, gateway, feeds, catalog);
    }

    /// The kinds that are offered; none if that can't be read, which is a problem then.
    static RuntimesManifest manifest(ConfigReader reader) {
        Path file = Path.of(reader.text(
                "runtimes.manifest", "conf/runtimes.json", "File that lists the kinds of functions and their images."));
        try {
            return RuntimesManifest.parse(RawJson.parse(Files.readAllBytes(file)));
        } catch (IOException e) {
            reader.problem("runtimes.manifest: %s can't be read".formatted(file.toAbsolutePath()));
        } catch (MalformedJsonException | IllegalArgumentException e) {
            reader.problem("runtimes.manifest: %s: %s".formatted(file.toAbsolutePath(), e.getMessage()));
        }
        return new RuntimesManifest(java.util.List.of(), java.util.List.of());
    }
}
