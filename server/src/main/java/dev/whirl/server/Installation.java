package dev.whirl.server;

import dev.whirl.common.config.ConfigReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where this program is installed, and what follows from that.
final class Installation {
    /// Set by the launcher: the folder with `bin/ lib/ conf/`.
    private static final String HOME_PROPERTY = "whirl.home";

    private static final int STANDARD_PORT = 3233;

    private Installation() {}

    /// Values for keys whose sensible default depends on where things are and on other keys.
    static Map<String, String> defaults(ConfigReader settings) {
        var values = new LinkedHashMap<String, String>();
        long port = settings.number("http.port", STANDARD_PORT, 0, 65_535, "");
        values.put("sandbox.process.api-host", "http://localhost:" + port);
        String home = home();
        if (home != null) {
            values.put("sandbox.process.runtimes", home + "/lib/runtimes");
            values.put("runtimes.manifest", home + "/conf/runtimes.json");
        }
        return values;
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
