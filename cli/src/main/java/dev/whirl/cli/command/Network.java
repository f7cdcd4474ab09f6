package dev.whirl.cli.command;

import dev.whirl.client.ApiAddress;
import dev.whirl.client.ClientConfig;
import dev.whirl.client.ProxyAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How this machine reaches servers, and whom it trusts. For a server on this machine that speaks
/// plain HTTP, nothing is looked for.
final class Network {
    private static final String AUTHORITIES = "SSL_CERT_FILE";

    /// Where systems keep the certificate authorities that they trust.
    private static final List<Path> SYSTEM_AUTHORITIES = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    private Network() {}

    /// A client's configuration with what the environment says.
    static ClientConfig applied(ClientConfig config, Surroundings surroundings) {
        Map<String, String> environment = surroundings.environment();
        ClientConfig reached = config.withProxy(proxy(environment, config.address()));
        if (!config.address().isSecure()) {
            return reached;
        }
        Path authorities = authorities(environment, surroundings.workingFolder());
        return reached.withTls(config.tls().withAuthorities(authorities));
    }

    private static @Nullable ProxyAddress proxy(Map<String, String> environment, ApiAddress server) {
        try {
            return ProxyAddress.of(environment, server).orElse(null);
        } catch (IllegalArgumentException e) {
            throw CliException.general("The proxy cannot be used: " + e.getMessage());
        }
    }

    private static @Nullable Path authorities(Map<String, String> environment, Path workingFolder) {
        String name = environment.getOrDefault(AUTHORITIES, "");
        if (name.isEmpty()) {
            Optional<Path> there =
                    SYSTEM_AUTHORITIES.stream().filter(Files::isReadable).findFirst();
            return there.orElse(null);
        }
        Path file = workingFolder.resolve(name);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw CliException.general(
                    "%s names '%s', which is not a file that can be read".formatted(AUTHORITIES, name));
        }
        return file;
    }
}
