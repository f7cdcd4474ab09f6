package dev.whirl.server;

import dev.whirl.controller.api.http.HttpConfig;
import dev.whirl.model.identity.Subject;
import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.server.admin.DefaultIdentities;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What is printed once when everything runs: where it is, who may call, what is kept where, what can run, what to try.
final class StartScreen {
    /// Everything that the screen tells.
    ///
    /// @param hasExactLimits whether control groups limit what functions take
    /// @param isIsolated whether functions are kept from what the user of this server can read and change
    /// @param command how this installation's command line is called, such as `./wsk`
    /// @param startup since the start of the JVM
    record Facts(
            String address,
            boolean isLoopback,
            boolean usesDefaultKeys,
            Path data,
            List<RuntimeReadiness> runtimes,
            boolean hasExactLimits,
            boolean isIsolated,
            String command,
            Duration startup) {
        Facts {
            runtimes = List.copyOf(runtimes);
        }

        /// @param port that it listens on
        static Facts of(
                ServerConfig.Standalone config,
                int port,
                boolean usesDefaultKeys,
                OpenSandboxes open,
                Duration startup) {
            HttpConfig http = config.controller().http();
            boolean isLoopback = isLoopback(http.host());
            return new Facts(
                    "%s://%s:%d"
                            .formatted(
                                    http.tls() == null ? "http" : "https",
                                    isLoopback ? "localhost" : http.host(),
                                    port),
                    isLoopback,
                    usesDefaultKeys,
                    config.store().data(),
                    Kinds.readiness(config.runtimes(), open.sandboxes().readiness()),
                    open.hasExactLimits(),
                    open.isIsolated(),
                    Installation.commandLine(),
                    startup);
        }

        private static boolean isLoopback(String host) {
            try {
                return InetAddress.getByName(host).isLoopbackAddress();
            } catch (UnknownHostException e) {
                return false;
            }
        }
    }

    private StartScreen() {}

    static String of(Facts facts) {
        var text = new StringBuilder();
        line(text, "Whirl %s is ready at %s (%d ms)", BuildInfo.version(), facts.address(), millis(facts));
        line(text, "");
        if (facts.usesDefaultKeys()) {
            line(text, "identities  (keys that everybody knows: for this machine only)");
            DefaultIdentities.ALL.forEach(each -> identity(text, each));
        }
        line(text, "data        %s", facts.data().toAbsolutePath().normalize());
        line(text, "kinds");
        facts.runtimes().forEach(each -> line(text, "  %s", describe(each)));
        if (!facts.hasExactLimits()) {
            line(text, "limits      approximate: no control groups (run as root, or by systemd with Delegate=yes)");
        }
        warnings(text, facts);
        line(text, "");
        line(text, "Try, in another terminal:");
        String key = DefaultIdentities.GUEST.memberships().getFirst().key().reveal();
        line(text, "  %s property set --apihost %s --auth %s", facts.command(), facts.address(), key);
        line(text, "  echo 'const main = ({name}) => ({hello: name || \"world\"})' > hello.js");
        line(text, "  %1$s action create hello hello.js && %1$s action invoke hello -r -p name Ada", facts.command());
        return text.toString();
    }

    /// Of one of several processes.
    ///
    /// @param detail where it listens, or what it can run
    static String ofRole(String name, String detail, Duration startup) {
        return "Whirl %s %s is ready: %s (%d ms)%n".formatted(BuildInfo.version(), name, detail, startup.toMillis());
    }

    /// Of one of several processes, one that runs functions.
    ///
    /// @param kinds that it can run
    static String ofInvoker(String name, String kinds, boolean isIsolated, Duration startup) {
        var text = new StringBuilder(ofRole(name, kinds, startup));
        warnWithoutIsolation(text, isIsolated);
        return text.toString();
    }

    private static void identity(StringBuilder text, Subject subject) {
        subject.memberships()
                .forEach(each ->
                        line(text, "  %-13s %s", subject.name(), each.key().reveal()));
    }

    private static String describe(RuntimeReadiness runtime) {
        return runtime.isReady()
                ? "%s ready (%s)".formatted(runtime.runtime(), runtime.explanation())
                : "%s not here: %s".formatted(runtime.runtime(), runtime.explanation());
    }

    private static void warnings(StringBuilder text, Facts facts) {
        if (!facts.isLoopback() && facts.usesDefaultKeys()) {
            line(text, "");
            line(text, "WARNING: listening on %s with keys that everybody knows. Anyone who reaches", facts.address());
            line(text, "this port can run code here. Listen on 127.0.0.1, or give the users keys of their own.");
        }
        warnWithoutIsolation(text, facts.isIsolated());
    }

    /// Here too, because what is logged depends on the level.
    private static void warnWithoutIsolation(StringBuilder text, boolean isIsolated) {
        if (!isIsolated) {
            line(text, "");
            line(text, "WARNING: sandbox.process.isolation=none. Functions can read and change whatever the user");
            line(text, "of this server can: run only code that you trust.");
        }
    }

    private static long millis(Facts facts) {
        return facts.startup().toMillis();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(format.formatted(values)).append(System.lineSeparator());
    }
}
