package dev.whirl.cli.command;

import dev.whirl.cli.config.AnswerTimeout;
import dev.whirl.cli.config.ApiHostProblem;
import dev.whirl.cli.config.PropertiesFile;
import dev.whirl.cli.config.Settings;
import dev.whirl.cli.file.FileProblem;
import dev.whirl.cli.output.Terminal;
import dev.whirl.client.ApiAddress;
import dev.whirl.client.ClientConfig;
import dev.whirl.client.ClientException;
import dev.whirl.client.Credentials;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.TlsOptions;
import dev.whirl.client.WhirlClient;
import dev.whirl.client.http.CallListener;
import dev.whirl.model.entity.Collection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a running command works with: settings, the client, the terminal. Settings are read and the client is made
/// when they are first needed. For several threads; `this` guards the settings and the client.
public final class Session implements AutoCloseable {
    private final Surroundings surroundings;
    private final GlobalOptions globals;
    private final CommandIndex index;
    private @Nullable PropertiesFile propertiesFile;
    private @Nullable Settings settings;
    private @Nullable WhirlClient client;
    private @Nullable Timeouts timeouts;
    private @Nullable String gatewayToken;
    private boolean isAddressOfProject;

    private record Timeouts(Duration connect, Duration read) {}

    Session(Surroundings surroundings, GlobalOptions globals, CommandIndex index) {
        this.surroundings = surroundings;
        this.globals = globals;
        this.index = index;
    }

    /// All commands there are.
    public CommandIndex index() {
        return index;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public Terminal out() {
        return surroundings.out();
    }

    public Terminal err() {
        return surroundings.err();
    }

    public PropertiesFile propertiesFile() {
        return propertiesFile == null
                ? PropertiesFile.locate(surroundings.environment(), surroundings.home())
                : propertiesFile;
    }

    /// Reads another properties file. Must come before the first look at the settings.
    public void usePropertiesFile(Path file) {
        propertiesFile = PropertiesFile.at(file);
    }

    /// Waits no longer than this for a connection and an answer. Must come before the first call.
    public synchronized void useTimeouts(Duration connect, Duration read) {
        timeouts = new Timeouts(connect, read);
    }

    /// Puts values in the place of settings that no flag says; null leaves a setting as it is. Must come before the
    /// first call. A key goes to another server only if somebody said so.
    public synchronized void useTarget(@Nullable String apiHost, @Nullable String auth, @Nullable String namespace) {
        Settings.Overrides flags = globals.overrides();
        boolean hasFlag = flags.apiHost() != null || flags.auth() != null;
        if (apiHost != null
                && auth == null
                && !hasFlag
                && !apiHost.equals(settings().apiHost())) {
            throw CliException.usage(
                    "The project names another server than yours, %1$s, which would be sent your key. If that is meant, add --apihost %1$s or --auth KEY."
                            .formatted(ApiAddress.shown(apiHost)));
        }
        settings = settings().with(flags, apiHost, auth, namespace);
        isAddressOfProject |= apiHost != null;
    }

    /// Takes a token for the gateway's management in the place of the one that is set; null leaves that.
    public synchronized void useGatewayToken(@Nullable String token) {
        gatewayToken = token;
    }

    /// The token for the gateway's management; empty if none is set.
    public synchronized Optional<String> gatewayToken() {
        return Optional.ofNullable(gatewayToken).or(() -> property("APIGW_ACCESS_TOKEN"));
    }

    public synchronized Settings settings() {
        if (settings == null) {
            Map<String, String> properties = properties();
            warnOfReaders(properties);
            settings = Settings.of(globals.overrides(), surroundings.environment(), properties);
        }
        return settings;
    }

    /// A property of the file that has no flag.
    public Optional<String> property(String key) {
        return Optional.ofNullable(properties().get(key)).filter(value -> !value.isEmpty());
    }

    /// The client, with credentials if there are any.
    public synchronized WhirlClient anyClient() {
        if (client == null) {
            client = WhirlClient.connect(config(settings()));
            Preparation.start();
        }
        return client;
    }

    /// Reads a name; without a namespace it is in the caller's.
    public QualifiedName name(String text) {
        try {
            return QualifiedName.parse(text, settings().namespace());
        } catch (IllegalArgumentException e) {
            throw CliException.usage("'%s' is not a valid qualified name: %s".formatted(text, e.getMessage()));
        }
    }

    /// Reads the name of an action.
    public QualifiedName actionName(String text) {
        QualifiedName name = name(text);
        if (name.name().isEmpty()) {
            throw CliException.usage("'%s' is only a namespace: the name of an action must follow".formatted(text));
        }
        return name;
    }

    /// Reads the name of a package, trigger or rule: they lie directly in a namespace, and to pass over what stands
    /// before a slash would mean another one.
    ///
    /// @param noun what it is the name of
    public QualifiedName plainName(String noun, String text) {
        QualifiedName name = name(text);
        if (name.packageName() != null) {
            throw CliException.usage(
                    "'%s' cannot be a %s: one lies in a namespace, not in a package. Its name is NAME or /NAMESPACE/NAME"
                            .formatted(text, noun));
        }
        if (name.name().isEmpty()) {
            throw CliException.usage("'%s' is only a namespace: the name of a %s must follow".formatted(text, noun));
        }
        return name;
    }

    /// Makes calls that need credentials; a failure becomes the failure of what was to be done.
    ///
    /// @param failure such as `Unable to get action 'x'`
    public <T> T call(String failure, Function<WhirlClient, T> calls) {
        WhirlClient caller = anyClient();
        if (settings().auth().isEmpty()) {
            throw CliException.usage(failure + ": Authorization key is not configured (--auth is required)");
        }
        try {
            return calls.apply(caller);
        } catch (ClientException e) {
            throw failed(failure, e);
        }
    }

    /// A call that failed, as a failure of what was to be done.
    ///
    /// @param failure as of [#call]
    public synchronized CliException failed(String failure, ClientException reason) {
        boolean isGiven = isAddressOfProject || globals.overrides().apiHost() != null;
        var advice = new CallAdvice(ApiAddress.shown(settings().apiHost()), !isGiven);
        return CliException.failed(failure, reason, advice);
    }

    /// As [#call], for calls about one entity. If there is no such entity, the message names those that are called
    /// nearly so.
    public <T> T callFor(QualifiedName name, Collection collection, String failure, Function<WhirlClient, T> calls) {
        try {
            return call(failure, calls);
        } catch (CliException e) {
            throw e.exitCode() == ExitCodes.ofStatus(404) ? withNearest(e, collection, List.of(name)) : e;
        }
    }

    /// A failure that may come of names that are not there, with those that are called nearly so.
    public CliException withNearest(CliException failure, Collection collection, List<QualifiedName> names) {
        Set<String> near = nearest(collection, names);
        return near.isEmpty()
                ? failure
                : failure.withHint("In this namespace there is " + String.join(", ", near) + ".");
    }

    /// What is called nearly as some names that are not there; empty if the server does not tell.
    public Set<String> nearest(Collection collection, List<QualifiedName> names) {
        return new NearestEntities(anyClient(), collection).names(names);
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }

    private Map<String, String> properties() {
        try {
            return propertiesFile().read();
        } catch (IOException e) {
            throw CliException.general(
                    "Unable to read the properties file '%s': %s".formatted(propertiesFile(), FileProblem.of(e)));
        }
    }

    /// Programs are not told: files that OpenWhisk's `wsk` wrote are open to everybody, and scripts that use them go on
    /// as before.
    private void warnOfReaders(Map<String, String> properties) {
        if (err().isTerminal()
                && !properties.getOrDefault("AUTH", "").isEmpty()
                && propertiesFile().isOpenToOthers()) {
            err().warning("others can read the key in '%1$s'; 'chmod 600 %1$s' keeps it to you"
                    .formatted(propertiesFile()));
        }
    }

    private ClientConfig config(Settings settings) {
        Credentials credentials = settings.auth().isEmpty() ? null : new Credentials(settings.auth());
        ClientConfig config = ClientConfig.of(address(settings), credentials)
                .withTls(new TlsOptions(globals.isInsecure(), identity(settings)))
                .withUserAgent("wsk (Whirl)");
        config = timeouts == null
                ? config.withTimeouts(config.connectTimeout(), answerTimeout().orElse(config.readTimeout()))
                : config.withTimeouts(timeouts.connect(), timeouts.read());
        CallListener listener = err().isTerminal() ? progress(config) : CallListener.NONE;
        if (globals.isVerbose()) {
            var secrets = new Secrets(settings.auth(), gatewayToken().orElse(""));
            listener = CallListener.both(new VerboseCalls(err(), globals.isDebug(), secrets), listener);
        }
        return Network.applied(config.withListener(listener), surroundings);
    }

    private CallListener progress(ClientConfig config) {
        return CallListener.both(
                new UploadProgress(err(), surroundings.place().interrupts()),
                new WaitNotice(err(), config, WaitNotice.PATIENCE));
    }

    private Optional<Duration> answerTimeout() {
        try {
            return AnswerTimeout.of(globals.answerTimeout(), surroundings.environment(), properties());
        } catch (IllegalArgumentException e) {
            throw CliException.misunderstood(String.valueOf(e.getMessage()));
        }
    }

    private static ApiAddress address(Settings settings) {
        if (settings.apiHost().isEmpty()) {
            throw CliException.general("The API host is not valid: An API host must be provided.")
                    .withHint("Set it once: wsk property set --apihost http://localhost:3233 --auth UUID:KEY");
        }
        try {
            return ApiAddress.parse(settings.apiHost(), settings.apiVersion());
        } catch (IllegalArgumentException e) {
            throw CliException.general("The API host is not valid: " + ApiHostProblem.of(settings.apiHost(), e));
        }
    }

    private TlsOptions.@Nullable Identity identity(Settings settings) {
        if (settings.cert().isEmpty() != settings.key().isEmpty()) {
            err().warning("a client certificate needs both --cert and --key: none is used");
        }
        if (settings.cert().isEmpty() || settings.key().isEmpty()) {
            return null;
        }
        return new TlsOptions.Identity(
                file("client certificate", settings.cert()), file("key of the client certificate", settings.key()));
    }

    private Path file(String what, String name) {
        Path file = surroundings.workingFolder().resolve(name);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw CliException.general("The %s '%s' %s"
                    .formatted(what, name, Files.exists(file) ? "is not a file that can be read" : "does not exist"));
        }
        return file;
    }
}
