package dev.whirl.server;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.server.ServerConfig.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where this program is installed, and what follows from that.
final class Installation {
    /// Set by the launcher: the folder with `bin/ lib/ conf/`.
    private static final String HOME_PROPERTY = "whirl.home";

    /// Where a checkout lays out what it built.
    private static final Path CHECKOUT_LAYOUT = Path.of("deploy", "dist", "target", "whirl");

    private static final int CHECKOUT_LAYOUT_DEPTH = 4;

    static final int STANDARD_PORT = 3233;

    /// Row G-1.
    private static final int GATEWAY_PORT = 8080;

    /// Of a provider of feeds, for its operator.
    private static final int FEEDS_PORT = 8081;

    private Installation() {}

    /// Values for keys whose sensible default depends on where things are and on other keys.
    static Map<String, String> defaults(Role role, ConfigReader settings) {
        var values = new LinkedHashMap<String, String>();
        String home = home();
        if (home != null) {
            values.put("runtimes.manifest", home + "/conf/runtimes.json");
        }
        if (role == Role.STANDALONE) {
            boolean isSecure = !settings.text("http.tls-certificate", "", "").isEmpty();
            values.put("catalog.folder", catalog().toString());
            values.put("gateway.url", apiHost(settings, isSecure));
            values.put("feeds.url", apiHost(settings, isSecure));
            values.put("feeds.allowed-hosts", "*");
        }
        if (role == Role.GATEWAY) {
            values.remove("runtimes.manifest");
            values.put("http.port", Integer.toString(GATEWAY_PORT));
        }
        if (role == Role.FEEDS) {
            values.remove("runtimes.manifest");
            values.put("http.port", Integer.toString(FEEDS_PORT));
        }
        if (role == Role.STANDALONE || role == Role.INVOKER) {
            boolean isSecure = !settings.text("http.tls-certificate", "", "").isEmpty();
            values.put("sandbox.process.api-host", apiHost(settings, isSecure));
            if (home != null) {
                values.put("sandbox.process.runtimes", home + "/lib/runtimes");
            }
        }
        return values;
    }

    /// The catalog that was installed with this program.
    static Path catalog() {
        String home = home();
        return home == null ? Path.of("catalog") : Path.of(home, "lib", "catalog");
    }

    /// Where functions find the API.
    static String apiHost(ConfigReader settings, boolean isSecure) {
        long port = settings.number("http.port", STANDARD_PORT, 0, 65_535, "");
        return "%s://localhost:%d".formatted(isSecure ? "https" : "http", port);
    }

    /// What is this server's own on this machine, for nobody else to see: its data, and where it is installed.
    static List<Path> folders(Path data) {
        String home = home();
        if (home == null) {
            return List.of(data);
        }
        Path installed = Path.of(home);
        boolean isInCheckout = installed.endsWith(CHECKOUT_LAYOUT) && installed.getNameCount() > CHECKOUT_LAYOUT_DEPTH;
        return isInCheckout
                ? List.of(
                        data, installed.resolve(Path.of("..", "..", "..", "..")).normalize())
                : List.of(data, installed);
    }

    /// A port that nobody listens on at this moment.
    static String freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How users of this installation call the command line: `./wsk` in a checkout, else its full path.
    static String commandLine() {
        String given = System.getProperty("whirl.command-line");
        String home = home();
        return given != null ? given : home == null ? "wsk" : home + "/bin/wsk";
    }

    private static @Nullable String home() {
        return System.getProperty(HOME_PROPERTY);
    }
}
