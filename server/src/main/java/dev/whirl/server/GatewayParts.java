package dev.whirl.server;

import dev.whirl.controller.access.AccessConfig;
import dev.whirl.controller.access.OperatorLogin;
import dev.whirl.controller.api.Frontage;
import dev.whirl.controller.api.http.HttpConfig;
import dev.whirl.controller.api.http.Route;
import dev.whirl.gateway.Gateway;
import dev.whirl.gateway.GatewayConfig;
import dev.whirl.gateway.Refresher;
import dev.whirl.gateway.document.ApiReader;
import dev.whirl.gateway.http.HttpCalls;
import dev.whirl.gateway.manage.ApiManagement;
import dev.whirl.gateway.manage.Apis;
import dev.whirl.gateway.manage.Management;
import dev.whirl.gateway.policy.Guard;
import dev.whirl.gateway.policy.RateLimits;
import dev.whirl.gateway.policy.Tokens;
import dev.whirl.gateway.store.ApiStore;
import dev.whirl.gateway.store.ApiStoreException;
import dev.whirl.gateway.store.RedisAddress;
import dev.whirl.gateway.store.file.FileApiStore;
import dev.whirl.gateway.store.redis.RedisApiStore;
import dev.whirl.server.Platform.Part;
import dev.whirl.server.gateway.ApiActions;
import dev.whirl.server.gateway.Forwarding;
import dev.whirl.server.gateway.InProcess;
import dev.whirl.server.gateway.ManagedEndpoint;
import dev.whirl.server.gateway.ManagementEndpoint;
import dev.whirl.server.gateway.OverHttp;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The gateway's parts, put together.
final class GatewayParts {
    private static final int FAILED_LOGINS = 100;

    /// Functions may run for ten minutes; a web action answers after one at most.
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private static final Duration PROVIDER_PATIENCE = Duration.ofSeconds(5);

    private static final String NOTHING = "gateway.redis.url is not set, or gateway.enabled is no: a gateway of its own"
            + " gets to know APIs by Redis only";

    private final GatewayConfig config;
    private final ApiStore store;
    private final Apis apis;
    private final Gateway gateway;
    private final HttpCalls toControllers;
    private final HttpCalls toOthers = new HttpCalls(new HttpCalls.Bounds(1024, 128, PATIENCE));
    private final HttpCalls toProviders = new HttpCalls(new HttpCalls.Bounds(128, 16, PROVIDER_PATIENCE));
    private final Refresher refresher;

    private GatewayParts(GatewayConfig config, ApiStore store, MeterRegistry meters) {
        this.config = config;
        this.store = store;
        this.toControllers = new HttpCalls(new HttpCalls.Bounds(8192, 1024, PATIENCE), config.controllersTrust());
        this.apis = new Apis(store, new ApiReader(config.targets(), config.maxOperations()), config.maxApis());
        var guard = new Guard(new Tokens(toProviders, InstantSource.system(), System::nanoTime));
        this.gateway = new Gateway(apis, guard, new RateLimits(System::nanoTime), meters);
        this.refresher = new Refresher(apis, config.refresh());
        Gauge.builder("whirl_gateway_apis", apis, Apis::count)
                .description("APIs that the gateway serves")
                .register(meters);
    }

    /// For a process with a data folder.
    ///
    /// @throws StartException if the folder can't be used
    static Optional<GatewayParts> standalone(GatewayConfig config, Path data, MeterRegistry meters) {
        return config.isEnabled()
                ? Optional.of(new GatewayParts(config, store(config, data), meters))
                : Optional.empty();
    }

    /// For a controller of a cluster: only with Redis, because all gateways must serve the same.
    static Optional<GatewayParts> shared(GatewayConfig config, MeterRegistry meters) {
        RedisAddress redis = config.redis();
        return config.isEnabled() && redis != null
                ? Optional.of(new GatewayParts(config, new RedisApiStore(redis), meters))
                : Optional.empty();
    }

    /// For a gateway of its own, which is of no use without the store that all gateways share.
    ///
    /// @throws StartException if there is none, or it does not answer
    static GatewayParts alone(GatewayConfig config, MeterRegistry meters) {
        GatewayParts parts = shared(config, meters).orElseThrow(() -> new StartException(NOTHING, null));
        try {
            var _ = parts.store.version();
            return parts;
        } catch (ApiStoreException e) {
            parts.stop();
            throw new StartException("gateway.redis.url: " + e.getMessage(), e);
        }
    }

    private static ApiStore store(GatewayConfig config, Path data) {
        RedisAddress redis = config.redis();
        try {
            return redis == null ? FileApiStore.open(folder(data)) : new RedisApiStore(redis);
        } catch (ApiStoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /// In which folder of a data folder the APIs are.
    static Path folder(Path data) {
        return data.resolve("gateway");
    }

    /// Writes the gateway's share of a backup.
    static void backup(Optional<GatewayParts> parts, Path folder) {
        if (parts.isPresent() && parts.get().store instanceof FileApiStore files) {
            files.copyTo(folder(folder));
        }
    }

    /// What is served on the controller's port.
    ///
    static Frontage frontage(Optional<GatewayParts> parts, HttpConfig http) {
        long maxBody = http.maxContent().bytes();
        return parts.<Frontage>map(gateway -> web -> {
                    var forwarding = new InProcess(web, gateway.overHttp(List.of(), maxBody));
                    return new Frontage.Beside(
                            ApiActions.routes(
                                    new ApiManagement(gateway.apis, gateway.config.url()),
                                    web::admit,
                                    gateway.maxDocument()),
                            gateway.routes(forwarding, maxBody));
                })
                .orElse(Frontage.NONE);
    }

    /// What is served where there is no controller.
    ///
    /// @param controllers their addresses
    List<Route> routes(List<String> controllers, long maxBody) {
        return routes(overHttp(controllers, maxBody), maxBody);
    }

    private OverHttp overHttp(List<String> controllers, long maxBody) {
        return new OverHttp(toControllers, toOthers, controllers, maxBody);
    }

    private List<Route> routes(Forwarding forwarding, long maxBody) {
        var routes = new ArrayList<>(ManagedEndpoint.routes(gateway, forwarding, maxBody));
        routes.addAll(ManagementEndpoint.routes(new Management(apis, config.url()), login(), maxDocument()));
        return routes;
    }

    /// Lets the operator of the gateway in.
    OperatorLogin login() {
        return new OperatorLogin(
                new AccessConfig(Duration.ofSeconds(5), FAILED_LOGINS, config.operator()), InstantSource.system());
    }

    /// Why nothing can be served, until the APIs are known. A Redis that is away later does no harm.
    Optional<String> obstacle() {
        return apis.areKnown() ? Optional.empty() : Optional.of("the store could not be read yet");
    }

    private long maxDocument() {
        return config.maxDocument().bytes();
    }

    /// Nothing to start where there is no gateway.
    static Part part(Optional<GatewayParts> parts) {
        return new Part(
                "gateway", () -> parts.ifPresent(GatewayParts::start), () -> parts.ifPresent(GatewayParts::stop));
    }

    private void start() {
        apis.refresh();
        if (store.isShared()) {
            refresher.start();
        }
    }

    void stop() {
        refresher.close();
        toControllers.close();
        toOthers.close();
        toProviders.close();
        store.close();
    }
}
