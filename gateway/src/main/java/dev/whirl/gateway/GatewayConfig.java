package dev.whirl.gateway;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.tls.TrustedCertificates;
import dev.whirl.common.units.ByteSize;
import dev.whirl.gateway.document.TargetRules;
import dev.whirl.gateway.store.RedisAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an operator sets for the gateway.
///
/// @param url where managed endpoints are reached, without a slash at its end
/// @param controllersTrust certificates (PEM) of those who vouch for controllers; null for those that Java trusts
/// @param redis null to keep APIs in a folder of this process
/// @param refresh how often Redis is asked whether somebody wrote
/// @param maxApis of one namespace
/// @param maxOperations of one API
/// @param operator credentials of the management, `user:password`; empty: nobody has them
public record GatewayConfig(
        boolean isEnabled,
        String url,
        @Nullable Path controllersTrust,
        @Nullable RedisAddress redis,
        Duration refresh,
        TargetRules targets,
        ByteSize maxDocument,
        int maxApis,
        int maxOperations,
        String operator) {
    public static GatewayConfig read(ConfigReader reader) {
        String redis = reader.text(
                "gateway.redis.url",
                "",
                "Where the APIs of a cluster are kept: redis://:password@host:6379/0, or rediss:// over TLS; empty:"
                        + " in the data folder.");
        String snapshot = reader.text(
                "gateway.redis.snapshot", "", "Name of the snapshot whose keys count; empty for those of no snapshot.");
        Path trust = TrustedCertificates.read(reader, "gateway.redis.trust");
        boolean isEnabled =
                reader.flag("gateway.enabled", true, "Whether users may make APIs (wsk api) and call them.");
        String url = reader.text(
                "gateway.url",
                "http://localhost:3233",
                "Where callers reach APIs: what wsk api shows begins so. whirl up takes its own address.");
        Path controllersTrust = TrustedCertificates.read(reader, "gateway.controllers-trust");
        String user = reader.text("gateway.user", "", "Name of the operator of the gateway's management, /v1 and /v2.");
        String password = reader.text(
                "gateway.pass", "", "Password of that operator; without one nobody can use the management.");
        return new GatewayConfig(
                isEnabled,
                url.endsWith("/") ? url.substring(0, url.length() - 1) : url,
                controllersTrust,
                address(redis, snapshot, trust, reader),
                reader.duration(
                        "gateway.refresh", Duration.ofSeconds(1), "How often Redis is asked whether an API changed."),
                new TargetRules(hosts(reader.text(
                        "gateway.allowed-hosts",
                        "",
                        "Hosts beside this installation's web actions that APIs may call, and get the keys of tokens"
                                + " from: api.example.com, 10.1.2.3:8080, *.example.com. Keys come over HTTPS; with"
                                + " http://keys.internal:8080 also without."))),
                reader.size("gateway.max-document-size", ByteSize.mebibytes(1), "Largest document of one API."),
                Math.toIntExact(reader.number("gateway.max-apis", 200, 1, 100_000, "Most APIs of one namespace.")),
                Math.toIntExact(
                        reader.number("gateway.max-operations", 2000, 1, 100_000, "Most operations of one API.")),
                user.isEmpty() || password.isEmpty() ? "" : user + ":" + password);
    }

    private static Set<String> hosts(String text) {
        return Arrays.stream(text.split(","))
                .map(each -> each.strip().toLowerCase(Locale.ROOT))
                .filter(each -> !each.isEmpty())
                .collect(Collectors.toSet());
    }

    private static @Nullable RedisAddress address(
            String text, String snapshot, @Nullable Path trust, ConfigReader reader) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return RedisAddress.parse(text, snapshot).trusting(trust);
        } catch (IllegalArgumentException e) {
            reader.problem("gateway.redis.url: " + e.getMessage());
            return null;
        }
    }

    /// Prints without the password.
    @Override
    public String toString() {
        return "GatewayConfig[enabled=%s, url=%s, redis=%s]".formatted(isEnabled, url, redis);
    }
}
