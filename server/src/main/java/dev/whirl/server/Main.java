package dev.whirl.server;

import dev.whirl.bus.BusException;
import dev.whirl.bus.kafka.KafkaBusConfig;
import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.server.Flags.Wish;
import dev.whirl.server.ServerConfig.Role;
import dev.whirl.server.admin.AdminMain;
import dev.whirl.server.admin.ClusterAdmin;
import dev.whirl.server.wait.WaitMain;
import dev.whirl.store.StoreException;
import dev.whirl.store.couchdb.CouchStoreConfig;
import dev.whirl.store.embedded.EmbeddedStoreConfig;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
            case "health" -> health();
            case "wait" -> await(rest(arguments));
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
        System.setProperty(LogSetup.LEVEL_PROPERTY, LogLevel.WARN.word());
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try {
            return new AdminMain(Main::store, Main::cluster, Installation.catalog(), in, out).run(words);
        } catch (ConfigException e) {
            e.problems().forEach(Main::complain);
            return CANNOT_START;
        }
    }

    private static int health() {
        try {
            var health = Health.of(Health.wordsOfFirstProcess(), System.getenv());
            if (health.lives()) {
                return 0;
            }
            complain("nobody answers at " + health);
        } catch (ConfigException e) {
            e.problems().forEach(Main::complain);
        } catch (IOException e) {
            complain(String.valueOf(e.getMessage()));
        }
        return CANNOT_START;
    }

    private static int await(List<String> words) throws InterruptedException {
        System.setProperty(LogSetup.LEVEL_PROPERTY, LogLevel.ERROR.word());
        try {
            return WaitMain.run(words, Main::clusterReader, System.out);
        } catch (ConfigException e) {
            e.problems().forEach(Main::complain);
            return CANNOT_START;
        }
    }

    private static ConfigReader clusterReader(@Nullable Path file) {
        var options = new RoleOptions();
        options.config = file;
        return options.reader(Role.CONTROLLER, System.getenv());
    }

    private static EmbeddedStoreConfig store(@Nullable String data, @Nullable Path file) {
        var options = new Options();
        options.data = data;
        options.config = file;
        return EmbeddedStoreConfig.read(options.reader(System.getenv()));
    }

    private static int play(Role role, List<String> words) throws InterruptedException {
        var options = new RoleOptions();
        OptionalInt code = parsed(options.flags(role), words);
        return code.isPresent()
                ? code.getAsInt()
                : serve(
                        options.isCheck,
                        options.logLevel,
                        () -> RoleStart.read(role, options.reader(role, System.getenv())));
    }

    private static Optional<ClusterAdmin> cluster(@Nullable Path file) {
        if (clusterReader(file).text("store.couchdb.url", "", "").isEmpty()) {
            return Optional.empty();
        }
        ConfigReader reader = clusterReader(file);
        var store = CouchStoreConfig.read(reader);
        boolean hasBus = !clusterReader(file).text("bus.kafka.servers", "", "").isEmpty();
        return Optional.of(new ClusterAdmin(store, hasBus ? KafkaBusConfig.read(reader) : null));
    }

    /// @return the exit code if there is nothing more to do
    private static OptionalInt parsed(Flags flags, List<String> words) {
        return switch (flags.read(words)) {
            case Wish.Start _ -> OptionalInt.empty();
            case Wish.Help _ -> {
                System.out.print(flags.help());
                yield OptionalInt.of(0);
            }
            case Wish.Version _ -> {
                System.out.println("whirl " + BuildInfo.version());
                yield OptionalInt.of(0);
            }
            case Wish.Wrong(String sentence) -> {
                complain("%s. See: %s --help".formatted(sentence, flags.command()));
                yield OptionalInt.of(WRONG_USAGE);
            }
        };
    }

    private static int up(String[] arguments) throws InterruptedException {
        var options = new Options();
        OptionalInt code = parsed(options.flags(), List.of(arguments));
        if (code.isPresent()) {
            return code.getAsInt();
        }
        return serve(
                options.isCheck,
                options.logLevel,
                () -> ServerConfig.read(Role.STANDALONE, options.reader(System.getenv())));
    }

    private static int serve(boolean isCheck, LogLevel level, Supplier<ServerConfig> config)
            throws InterruptedException {
        if (isCheck) {
            return check(config);
        }
        System.setProperty(LogSetup.LEVEL_PROPERTY, level.word());
        try {
            Platform platform = Wiring.platform(config.get());
            platform.start();
            var _ = HeapKeeper.start(HeapKeeper.STEP); // as long as the process lives
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

    private static int check(Supplier<ServerConfig> config) {
        List<String> problems = ConfigCheck.problems(config);
        problems.forEach(Main::complain);
        if (problems.isEmpty()) {
            System.out.println("The configuration is in order.");
        }
        return problems.isEmpty() ? 0 : CANNOT_START;
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
