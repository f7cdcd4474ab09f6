package dev.whirl.controller;

import dev.whirl.bus.memory.MemoryBus;
import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.access.AccessConfig;
import dev.whirl.controller.api.ActionRules;
import dev.whirl.controller.api.actions.ArchiveLimits;
import dev.whirl.controller.api.http.HttpConfig;
import dev.whirl.controller.api.http.VanityHost;
import dev.whirl.controller.events.EventsConfig;
import dev.whirl.controller.place.PlacementConfig;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.runtime.RuntimesManifest;
import dev.whirl.store.Stores;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A controller on a free port, with stores and a bus in memory and an invoker that does as it is told.
public final class TestPlatform implements AutoCloseable {
    public static final AuthKey GUEST = new AuthKey("23bc46b1-71f6-4ed5-8c54-816aa4f8c502", "g".repeat(64));
    public static final AuthKey OTHER = new AuthKey("33bc46b1-71f6-4ed5-8c54-816aa4f8c502", "o".repeat(64));
    public static final AuthKey SYSTEM = new AuthKey("789c46b1-71f6-4ed5-8c54-816aa4f8c502", "s".repeat(64));

    /// What a test may want otherwise.
    public static final class Options {
        public static final Options STANDARD = new Options();

        private SystemLimits limits = SystemLimits.STANDALONE;
        private HttpConfig http = withPort(HttpConfig.DEFAULT);
        private PlacementConfig placement =
                new PlacementConfig(Duration.ofMillis(200), 100, 1_000, Duration.ofHours(1));
        private InstantSource clock = InstantSource.system();
        private @Nullable InstantSource steady;
        private Duration drainTimeout = Duration.ofSeconds(10);
        private AccessConfig access = new AccessConfig(Duration.ofMillis(200), 1_000, "operator:secret");
        private EventsConfig events = EventsConfig.OFF;
        private ActionRules rules = ActionRules.STANDARD;

        private Options() {}

        private Options with(Consumer<Options> change) {
            var copy = new Options();
            copy.limits = limits;
            copy.http = http;
            copy.placement = placement;
            copy.clock = clock;
            copy.steady = steady;
            copy.drainTimeout = drainTimeout;
            copy.access = access;
            copy.events = events;
            copy.rules = rules;
            change.accept(copy);
            return copy;
        }

        public HttpConfig http() {
            return http;
        }

        public Options withLimits(SystemLimits other) {
            return with(each -> each.limits = other);
        }

        public Options withHttp(HttpConfig other) {
            return with(each -> each.http = withPort(other));
        }

        public Options withPlacement(PlacementConfig other) {
            return with(each -> each.placement = other);
        }

        public Options withClock(InstantSource other) {
            return with(each -> each.clock = other);
        }

        /// Another time than the clock's for how long something takes.
        public Options withSteady(InstantSource other) {
            return with(each -> each.steady = other);
        }

        public Options withDrainTimeout(Duration other) {
            return with(each -> each.drainTimeout = other);
        }

        public Options withAccess(AccessConfig other) {
            return with(each -> each.access = other);
        }

        public Options withEvents(EventsConfig other) {
            return with(each -> each.events = other);
        }

        public Options withRules(ActionRules other) {
            return with(each -> each.rules = other);
        }

        private static HttpConfig withPort(HttpConfig from) {
            return new HttpConfig(
                    from.host(),
                    0,
                    from.maxConnections(),
                    from.maxContent(),
                    from.maxUri(),
                    from.maxHeaders(),
                    from.bodyMemory(),
                    from.readMemory(),
                    from.headerTime(),
                    from.bodyTime(),
                    from.sendTime(),
                    from.idleTime());
        }
    }

    private final MemoryStores stores;
    private final MemoryBus bus = new MemoryBus();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ScriptedInvoker invoker;
    private final Controller controller;

    /// @param seen the same stores as the controller sees them
    private TestPlatform(Options options, MemoryStores stores, Stores seen) {
        this.stores = stores;
        addSubject("guest", GUEST);
        addSubject("other", OTHER);
        addSubject("whisk.system", SYSTEM);
        invoker = new ScriptedInvoker(bus, stores, options.clock);
        var config = new ControllerConfig(
                new ControllerId(0),
                options.http,
                options.placement,
                new ArchiveLimits(ByteSize.mebibytes(1), 10),
                options.access,
                options.events,
                options.drainTimeout,
                options.rules,
                new VanityHost("apihost.test"));
        controller = new Controller(
                config,
                options.limits,
                manifest(),
                seen,
                bus,
                new Telemetry(
                        meters,
                        () -> "some_meter 1\n",
                        options.clock,
                        Objects.requireNonNullElse(options.steady, options.clock)));
    }

    public static TestPlatform start() {
        return start(Options.STANDARD);
    }

    public static TestPlatform start(Options options) {
        return start(options, new MemoryStores());
    }

    public static TestPlatform start(Options options, MemoryStores stores) {
        return start(options, stores, stores);
    }

    /// @param seen the same stores as the controller sees them
    public static TestPlatform start(Options options, MemoryStores stores, Stores seen) {
        var platform = new TestPlatform(options, stores, seen);
        platform.controller.start();
        platform.invoker.start();
        return platform;
    }

    /// @param pool memory of the invoker for sandboxes
    public static TestPlatform startWithPool(Options options, MemoryStores stores, ByteSize pool) {
        var platform = new TestPlatform(options, stores, stores);
        platform.invoker.has(pool);
        platform.controller.start();
        platform.invoker.start();
        return platform;
    }

    public static RuntimesManifest manifest() {
        return RuntimesManifest.parse(json("""
                {"runtimes": {
                  "nodejs": [{"kind": "nodejs:20", "default": true, "aliases": ["nodejs:18"],
                              "image": {"prefix": "openwhisk", "name": "action-nodejs-v20", "tag": "nightly"}}],
                  "java": [{"kind": "java:25", "default": true, "requireMain": true, "image": {"name": "java25"}}],
                  "ruby": [{"kind": "ruby:2.5", "default": true, "deprecated": true, "image": {"name": "ruby25"}}]},
                 "blackboxes": [{"prefix": "openwhisk", "name": "dockerskeleton"}]}
                """));
    }

    public static RawJson json(String text) {
        try {
            return RawJson.parse(text);
        } catch (MalformedJsonException e) {
            throw new AssertionError(text, e);
        }
    }

    public Http as(AuthKey key) {
        return new Http(controller.port(), key.reveal());
    }

    public Http asGuest() {
        return as(GUEST);
    }

    public MemoryStores stores() {
        return stores;
    }

    public MemoryBus bus() {
        return bus;
    }

    public ScriptedInvoker invoker() {
        return invoker;
    }

    public SimpleMeterRegistry meters() {
        return meters;
    }

    public Controller controller() {
        return controller;
    }

    public int port() {
        return controller.port();
    }

    public void addSubject(String name, AuthKey key) {
        stores.subjects()
                .put(new Subject(
                        name.length() < 5 ? name + "-subject" : name,
                        List.of(new Subject.Membership(new NamespaceName(name), key)),
                        false));
    }

    @Override
    public void close() {
        invoker.close();
        controller.stop();
        bus.close();
    }
}
