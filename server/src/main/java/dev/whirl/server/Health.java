package dev.whirl.server;

import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.server.Flags.Wish;
import dev.whirl.server.ServerConfig.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Asks the part that is the first process of this container whether it lives. For health checks of
/// engines that have no better way; a cluster asks `/ping` and `/ready` itself.
record Health(String host, int port) {
    private static final Path FIRST_PROCESS = Path.of("/proc/1/cmdline");
    private static final Pattern PROGRAM = Pattern.compile(".*/(whirl-server[^/]*\\.jar|bin/whirl)");
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String INVOKERS_PORT = "3234";

    /// What the first process was told: what follows the program in its command line.
    static List<String> wordsOfFirstProcess() throws IOException {
        return words(
                List.of(Files.readString(FIRST_PROCESS, StandardCharsets.UTF_8).split("\0")));
    }

    /// @param line with `bin/whirl`, or the jar that it starts
    static List<String> words(List<String> line) throws IOException {
        for (int i = 0; i < line.size(); i++) {
            if (PROGRAM.matcher(line.get(i)).matches()) {
                return line.subList(i + 1, line.size());
            }
        }
        throw new IOException("the first process here is no part of Whirl: " + String.join(" ", line));
    }

    /// Where a part answers that was told so.
    ///
    /// @param words the role and its options; none, or `up`, for the whole platform
    /// @throws ConfigException if they can't be used
    static Health of(List<String> words, Map<String, String> environment) {
        for (Role role : Role.values()) {
            if (!words.isEmpty() && words.getFirst().equals(role.name().toLowerCase(Locale.ROOT))) {
                var options = new RoleOptions();
                read(options.flags(role), words.subList(1, words.size()));
                return of(role, options.reader(role, environment));
            }
        }
        var options = new Options();
        boolean isNamed = !words.isEmpty() && words.getFirst().equals("up");
        read(options.flags(), isNamed ? words.subList(1, words.size()) : words);
        return of(Role.STANDALONE, options.reader(environment));
    }

    private static void read(Flags flags, List<String> words) {
        if (flags.read(words) instanceof Wish.Wrong(String sentence)) {
            throw new ConfigException(List.of(sentence));
        }
    }

    private static Health of(Role role, ConfigReader reader) {
        String prefix = role == Role.INVOKER ? "invoker.http." : "http.";
        String standard = role == Role.INVOKER ? INVOKERS_PORT : Integer.toString(Installation.STANDARD_PORT);
        String host = reader.text(prefix + "host", "127.0.0.1", "");
        return new Health(
                host.equals("0.0.0.0") || host.equals("::") ? "" : host,
                Integer.parseInt(reader.text(prefix + "port", standard, "")));
    }

    /// Whether it answers, whatever it says: also that it speaks in cipher only.
    boolean lives() {
        try {
            for (InetAddress each : InetAddress.getAllByName(host)) { // that of no name is this machine's own
                if (answers(each)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean answers(InetAddress address) {
        try (var socket = new Socket()) {
            int millis = Math.toIntExact(PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(address, port), millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream()
                    .write("GET /ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            int _ = socket.getInputStream().read(); // a byte, or the end of the connection
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "%s:%d".formatted(host.isEmpty() ? "localhost" : host, port);
    }
}
