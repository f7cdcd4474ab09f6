package dev.whirl.server;

import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.server.Flags.Flag;
import dev.whirl.server.Flags.WrongValueException;
import dev.whirl.store.embedded.EmbeddedStoreConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The options of `whirl up`.
final class Options {
    private static final String EXAMPLES = """
            Examples:
              whirl up
              whirl up --port 8080 --data /srv/whirl
              whirl up --port 443 --host 0.0.0.0 --tls-cert server.crt --tls-key server.key
              whirl up --set limits.invocations-per-minute=100000 --log-level debug

            Exit codes: 0 stopped as asked, 1 could not start or run, 2 wrong usage.
            """;

    @Nullable
    String data;

    @Nullable
    Path config;

    LogLevel logLevel = LogLevel.INFO;

    boolean isCheck;

    private @Nullable String port;
    private @Nullable String host;
    private @Nullable String tlsCertificate;
    private @Nullable String tlsKey;
    private boolean isSelfSigned;
    private final Map<String, String> settings = new LinkedHashMap<>();

    /// The flags that set them.
    Flags flags() {
        return new Flags(
                "whirl up",
                "Starts the platform on this machine, in the foreground. Ctrl-C drains and stops it.",
                List.of(
                        Flag.once("--port", "N", "Port of the API; 0 takes a free one. Default: 3233.", this::port),
                        Flag.once("--host", "ADDRESS", "Address to listen on. Default: 127.0.0.1.", to -> host = to),
                        Flag.once("--data", "FOLDER", "Where everything is kept. Default: ./data.", to -> data = to),
                        Flag.once(
                                "--tls-cert",
                                "FILE",
                                "Certificate and those that vouch for it, in PEM: HTTPS instead of HTTP.",
                                to -> tlsCertificate = to),
                        Flag.once(
                                "--tls-key",
                                "FILE",
                                "Private key of the certificate, in PEM (PKCS#8).",
                                to -> tlsKey = to),
                        Flag.bare(
                                "--tls-self-signed",
                                "HTTPS with a certificate that is made for this machine and kept in the data folder.",
                                () -> isSelfSigned = true),
                        RoleOptions.configFlag(to -> config = to),
                        RoleOptions.settingFlag(settings),
                        LogLevel.flag(to -> logLevel = to),
                        RoleOptions.checkFlag(() -> isCheck = true)),
                EXAMPLES);
    }

    private void port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new WrongValueException("--port takes a number from 0 to 65535, not '" + text + "'");
        }
        port = text;
    }

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
                "sandbox.process.api-host", Installation.apiHost(said, true));
    }

    private static void putIfGiven(Map<String, String> values, String key, @Nullable String value) {
        if (value != null) {
            values.put(key, value);
        }
    }
}
