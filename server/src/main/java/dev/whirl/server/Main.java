package dev.whirl.server;

import dev.whirl.bus.BusException;
import dev.whirl.bus.kafka.KafkaBusConfig;
import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.server.ServerConfig.Role;
import dev.whirl.server.admin.AdminMain;
import dev.whirl.server.admin.ClusterAdmin;
import dev.whirl.store.StoreException;
import dev.whirl.store.couchdb.CouchStoreConfig;
import dev.whirl.store.embedded.EmbeddedStoreConfig;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Starts the platform and stops it on a signal.
public final class Main {
    private static final int CANNOT_START = 1;
    private static final int WRONG_USAGE = 2;

    private Main() {}

    /// @param arguments see `whirl up --help`
    public static void main(String[] arguments) throws InterruptedException {
        int code = run(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    private static int run(String[] arguments) throws InterruptedException {
        String first = arguments.length > 0 ? arguments[0] : "";
        return switch (first) {
            case "admin" -> administer(rest(arguments));
            case "controller" -> play(Role.CONTROLLER, rest(arguments));
            case "invoker" -> play(Role.INVOKER, rest(arguments));
            case "gateway" -> play(Role.GATEWAY, rest(arguments));
            case "feeds" -> play(Role.FEEDS, rest(arguments));
            default -> up(arguments);
        };
    }

    private static List<String> rest(String[] arguments) {
        return List.of(arguments).subList(1, arguments.length);
    }

    private static int administer(List<String> words) throws InterruptedException {
        System.setProperty(LogSetup.LEVEL_PROPERTY, Options.LogLevel.warn.name());
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try {
            return new AdminMain(Main::store, Main::cluster, Installation.catalog(), in, out).run(words);
        } catch (ConfigException e) {
            e.problems().forEach(Main::complain);
            return CANNOT_START;
        }
    }

    private static EmbeddedStoreConfig store(@Nullable String data, @Nullable Path file) {
        var options = new Options();
        options.data = data;
        options.config = file;
        return EmbeddedStoreConfig.read(options.reader(System.getenv()));
    }

    private static int play(Role role, List<String> words) throws InterruptedException {
        var options = new RoleOptions();
        String name = "whirl " + role.name().toLowerCase(Locale.ROOT);
        OptionalInt code = parsed(new CommandLine(options).setCommandName(name), words);
        return code.isPresent()
                ? code.getAsInt()
                : serve(options.logLevel, () -> ServerConfig.read(role, options.reader(role, System.getenv())));
    }

    private static Optional<ClusterAdmin> cluster(@Nullable Path file) {
        var options = new RoleOptions();
        options.config = file;
        if (options.reader(Role.CONTROLLER, System.getenv())
                .text("store.couchdb.url", "", "")
                .isEmpty()) {
            return Optional.empty();
        }
        ConfigReader reader = options.reader(Role.CONTROLLER, System.getenv());
        var store = CouchStoreConfig.read(reader);
        boolean hasBus = !options.reader(Role.CONTROLLER, System.getenv())
                .text("bus.kafka.servers", "", "")
                .isEmpty();
        return Optional.of(new ClusterAdmin(store, hasBus ? KafkaBusConfig.read(reader) : null));
    }

    /// @return the exit code if there is nothing more to do
    private static OptionalInt parsed(CommandLine commandLine, List<String> words) {
        try {
            commandLine.parseArgs(words.toArray(String[]::new));
        } catch (ParameterException e) {
            complain("%s. See: %s --help".formatted(e.getMessage(), commandLine.getCommandName()));
            return OptionalInt.of(WRONG_USAGE);
        }
        if (commandLine.isUsageHelpRequested()) {
            commandLine.usage(System.out);
            return OptionalInt.of(0);
        }
        if (commandLine.isVersionHelpRequested()) {
            commandLine.printVersionHelp(System.out);
            return OptionalInt.of(0);
        }
        return OptionalInt.empty();
    }

    private static int up(String[] arguments) throws InterruptedException {
        var options = new Options();
        OptionalInt code = parsed(new CommandLine(options), List.of(arguments));
        if (code.isPresent()) {
            return code.getAsInt();
        }
        if (options.port != null && !options.port.matches("[0-9]{1,5}")) {
            complain("--port takes a number from 0 to 65535, not '" + options.port + "'. See: whirl up --help");
            return WRONG_USAGE;
        }
        return serve(options.logLevel, () -> ServerConfig.read(Role.STANDALONE, options.reader(System.getenv())));
    }

    private static int serve(Options.LogLevel level, Supplier<ServerConfig> config) throws InterruptedException {
        System.setProperty(LogSetup.LEVEL_PROPERTY, level.name());
        try {
            Platform platform = Wiring.platform(config.get());
            platform.start();
            stopOnSignal(platform);
            System.out.print(platform.screen());
            System.out.flush();
        } catch (ConfigException e) {
            e.problems().forEach(Main::complain);
            return CANNOT_START;
        } catch (UncheckedIOException | StoreException | BusException | StartException e) {
            String.valueOf(e.getMessage()).lines().forEach(Main::complain);
            return CANNOT_START;
        }
        new CountDownLatch(1).await(); // until a signal ends the process
        return 0;
    }

    private static void stopOnSignal(Platform platform) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            platform.close();
                            Runtime.getRuntime().halt(0); // stopped as asked, whatever signal asked
                        },
                        "stop"));
    }

    private static void complain(String sentence) {
        System.err.println("whirl: " + sentence);
    }
}
