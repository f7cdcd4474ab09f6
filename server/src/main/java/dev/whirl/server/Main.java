package dev.whirl.server;

import dev.whirl.common.config.ConfigException;
import dev.whirl.store.StoreException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
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
