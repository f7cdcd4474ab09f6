package dev.whirl.server;

import dev.whirl.common.config.ConfigException;
import dev.whirl.server.admin.AdminMain;
import dev.whirl.store.StoreException;
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
import java.util.concurrent.CountDownLatch;
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
        return arguments.length > 0 && arguments[0].equals("admin")
                ? administer(List.of(arguments).subList(1, arguments.length))
                : up(arguments);
    }

    private static int administer(List<String> words) throws InterruptedException {
        System.setProperty(LogSetup.LEVEL_PROPERTY, Options.LogLevel.warn.name());
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try {
            return new AdminMain(Main::store, in, out).run(words);
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

    private static int up(String[] arguments) throws InterruptedException {
        var options = new Options();
        var commandLine = new CommandLine(options);
        try {
            commandLine.parseArgs(arguments);
        } catch (ParameterException e) {
            System.err.println("whirl: " + e.getMessage() + ". See: whirl up --help");
            return WRONG_USAGE;
        }
        if (commandLine.isUsageHelpRequested()) {
            commandLine.usage(System.out);
            return 0;
        }
        if (commandLine.isVersionHelpRequested()) {
            commandLine.printVersionHelp(System.out);
            return 0;
        }
        if (options.port != null && !options.port.matches("[0-9]{1,5}")) {
            complain("--port takes a number from 0 to 65535, not '" + options.port + "'. See: whirl up --help");
            return WRONG_USAGE;
        }
        return serve(options);
    }

    private static int serve(Options options) throws InterruptedException {
        System.setProperty(LogSetup.LEVEL_PROPERTY, options.logLevel.name());
        try {
            ServerConfig config = ServerConfig.read(options.reader(System.getenv()));
            Platform platform = Wiring.platform(config);
            platform.start();
            stopOnSignal(platform);
            System.out.print(StartScreen.of(platform.facts()));
            System.out.flush();
        } catch (ConfigException e) {
            e.problems().forEach(Main::complain);
            return CANNOT_START;
        } catch (UncheckedIOException | StoreException | StartException e) {
            complain(String.valueOf(e.getMessage()));
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
