package dev.whirl.server;

import dev.whirl.bus.kafka.KafkaBusConfig;
import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.controller.ControllerConfig;
import dev.whirl.controller.SystemLimitsConfig;
import dev.whirl.controller.api.http.HttpConfig;
import dev.whirl.gateway.GatewayConfig;
import dev.whirl.invoker.InvokerConfig;
import dev.whirl.invoker.http.InvokerServerConfig;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.message.Topic;
import dev.whirl.server.ServerConfig.Role;
import dev.whirl.server.cluster.ClusterStart;
import dev.whirl.store.couchdb.CouchStoreConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the configuration of a part of a cluster. Where that cannot be used, the engines and this
/// machine are looked at all the same, as far as it tells what is needed of them: whoever mends it
/// learns of everything at once.
final class RoleStart {
    private final ConfigReader reader;
    private final List<String> known;

    private RoleStart(ConfigReader reader, List<String> known) {
        this.reader = reader;
        this.known = known;
    }

    /// @throws ConfigException with one sentence a problem
    static ServerConfig read(Role role, ConfigReader reader) {
        try {
            return ServerConfig.read(role, reader);
        } catch (ConfigException e) {
            var all = new ArrayList<>(e.problems());
            var start = new RoleStart(reader, e.problems());
            all.addAll(ClusterStart.problems(start.needs(role), new SimpleMeterRegistry()));
            all.addAll(start.ofThisMachine(role));
            throw new ConfigException(all);
        }
    }

    private ClusterStart.Needs needs(Role role) {
        SystemLimits limits = SystemLimits.OPENWHISK;
        return switch (role) {
            case CONTROLLER -> {
                ControllerConfig own = sound("controller.", ControllerConfig::read);
                yield needs(own == null ? null : new Topic.Composed(own.id()));
            }
            case INVOKER -> {
                InvokerConfig own = invoker();
                boolean isNumbered = ServerConfig.invokerName(reader).isEmpty();
                yield needs(own == null || !isNumbered ? null : new Topic.Work(own.id()));
            }
            case FEEDS -> new ClusterStart.Needs(null, store(), limits, null);
            case STANDALONE, GATEWAY -> new ClusterStart.Needs(null, null, limits, null);
        };
    }

    /// What is in the way here: sandboxes and ports.
    private List<String> ofThisMachine(Role role) {
        var attempt = new StartAttempt();
        switch (role) {
            case INVOKER -> {
                expectFreePortOfInvoker(attempt);
                InvokerConfig own = invoker();
                SandboxConfig sandbox =
                        sound("sandbox.", each -> SandboxConfig.read(each, SandboxConfig.Backend.PROCESS));
                if (own != null && sandbox != null) {
                    var owner = Wiring.owner(own, ServerConfig.scratch(reader), ServerConfig.manifest(reader));
                    attempt.open(() -> OpenSandboxes.open(sandbox, owner), OpenSandboxes::close);
                }
            }
            case GATEWAY -> {
                if (isSound("gateway.enabled") && isSound("gateway.redis.")) {
                    var own = GatewayConfig.read(reader);
                    attempt.open(() -> GatewayParts.alone(own, new SimpleMeterRegistry()), GatewayParts::stop);
                }
                expectFreePort(attempt);
            }
            case CONTROLLER, STANDALONE, FEEDS -> expectFreePort(attempt);
        }
        return attempt.giveUp();
    }

    /// Whatever is wrong with certificates and bounds.
    private void expectFreePort(StartAttempt attempt) {
        if (isSound("http.host") && isSound("http.port")) {
            var http = HttpConfig.read(reader);
            attempt.expectFree(http.host(), http.port());
        }
    }

    private void expectFreePortOfInvoker(StartAttempt attempt) {
        if (isSound("invoker.http.host") && isSound("invoker.http.port") && isSound("invoker.http.enabled")) {
            var server = InvokerServerConfig.read(reader);
            if (server.isEnabled()) {
                attempt.expectFree(server.host(), server.port());
            }
        }
    }

    /// Whatever is wrong with where it listens.
    private @Nullable InvokerConfig invoker() {
        boolean isSound =
                known.stream().noneMatch(each -> each.startsWith("invoker.") && !each.startsWith("invoker.http."));
        return isSound ? InvokerConfig.read(reader) : null;
    }

    private ClusterStart.Needs needs(Topic.@Nullable Followed work) {
        SystemLimits limits = sound("limits.", each -> SystemLimitsConfig.read(each, SystemLimits.OPENWHISK));
        return new ClusterStart.Needs(
                sound("bus.", KafkaBusConfig::read), store(), limits == null ? SystemLimits.OPENWHISK : limits, work);
    }

    private @Nullable CouchStoreConfig store() {
        return sound("store.couchdb.", CouchStoreConfig::read);
    }

    /// @param prefix of keys; each problem begins with one
    /// @return null if one of them has a problem: then nobody knows what is meant
    private <T> @Nullable T sound(String prefix, Function<ConfigReader, T> read) {
        return isSound(prefix) ? read.apply(reader) : null;
    }

    private boolean isSound(String prefix) {
        return known.stream().noneMatch(each -> each.startsWith(prefix));
    }
}
