package dev.whirl.server;

import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.store.embedded.EmbeddedStoreConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The options of `whirl up`.
@Command(
        name = "whirl up",
        description = "Starts the platform on this machine, in the foreground. Ctrl-C drains and stops it.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildInfo.class,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  whirl up",
            "  whirl up --port 8080 --data /srv/whirl",
            "  whirl up --port 443 --host 0.0.0.0 --tls-cert server.crt --tls-key server.key",
            "  whirl up --set limits.invocations-per-minute=100000 --log-level debug",
            "",
            "Exit codes: 0 stopped as asked, 1 could not start or run, 2 wrong usage."
        })
final class Options {
    /// How much the log tells.
    enum LogLevel {
        trace,
        debug,
        info,
        warn,
        error
    }

    @Option(names = "--port", paramLabel = "N", description = "Port of the API; 0 takes a free one. Default: 3233.")
    @Nullable
    String port;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on. Default: 127.0.0.1.")
    @Nullable
    String host;

    @Option(names = "--data", paramLabel = "FOLDER", description = "Where everything is kept. Default: ./data.")
    @Nullable
    String data;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Certificate and those that vouch for it, in PEM: HTTPS instead of HTTP.")
    @Nullable
    String tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Private key of the certificate, in PEM (PKCS#8).")
    @Nullable
    String tlsKey;

    @Option(
            names = "--tls-self-signed",
            description = "HTTPS with a certificate that is made for this machine and kept in the data folder.")
    boolean isSelfSigned;

    @Option(names = "--config", paramLabel = "FILE", description = "File of 'key = value' lines.")
    @Nullable
    Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets one configuration key; may be repeated.",
            mapFallbackValue = "")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--log-level", description = "One of ${COMPLETION-CANDIDATES}. Default: info.")
    LogLevel logLevel = LogLevel.info;

    /// A reader over what the installation says, file, environment and these options.
    ///
    /// @throws ConfigException if the file can't be used
    ConfigReader reader(Map<String, String> environment) {
        Map<String, String> fromFile = config == null ? Map.of() : ConfigFile.read(config);
        var file = new ConfigReader.Source(config == null ? "file" : config.toString(), fromFile);
        var given = new ConfigReader.Source("--set", given());
        var said = new ConfigReader(List.of(file, given), environment);
        Map<String, String> installed = Installation.defaults(ServerConfig.Role.STANDALONE, said);
        if (isSelfSigned) {
            installed.putAll(selfSigned(said));
        }
        var installation = new ConfigReader.Source("installation", installed);
        return new ConfigReader(List.of(installation, file, given), environment);
    }

    private Map<String, String> given() {
        var values = new LinkedHashMap<>(settings);
        putIfGiven(values, "http.port", "0".equals(port) ? Installation.freePort() : port);
        putIfGiven(values, "http.host", host);
        putIfGiven(values, "store.data", data);
        putIfGiven(values, "http.tls-certificate", tlsCertificate);
        putIfGiven(values, "http.tls-key", tlsKey);
        return values;
    }

    private static Map<String, String> selfSigned(ConfigReader said) {
        Path data = EmbeddedStoreConfig.read(said).data();
        SelfSignedPair pair = SelfSignedPair.in(data.resolve("tls"));
        return Map.of(
                "http.tls-certificate", pair.certificate().toString(),
                "http.tls-key", pair.key().toString(),
                "gateway.url", Installation.apiHost(said, true),
                "feeds.url", Installation.apiHost(said, true),
                "sandbox.process.api-host", Installation.apiHost(said, true));
    }

    private static void putIfGiven(Map<String, String> values, String key, @Nullable String value) {
        if (value != null) {
            values.put(key, value);
        }
    }
}
