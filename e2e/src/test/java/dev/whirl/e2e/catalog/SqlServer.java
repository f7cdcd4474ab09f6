package dev.whirl.e2e.catalog;

import dev.whirl.common.tls.CertificatePair;
import dev.whirl.e2e.support.Commands;
import dev.whirl.e2e.support.Folders;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A database server of Debian with data of its own, on a port of the loopback address, that answers over TLS too.
/// Closing it stops it. Started as root, PostgreSQL runs as the user that its package made.
final class SqlServer implements AutoCloseable {
    static final String USER = "ada";
    static final String PASSWORD = "s3cret-of-ada";

    private static final Duration START = Duration.ofSeconds(60);

    private final String scheme;
    private final String database;
    private final Path home;
    private final int port;
    private final CertificatePair certificate;
    private final Process process;

    private SqlServer(Layout layout, String scheme, String database, List<String> command) {
        this.scheme = scheme;
        this.database = database;
        this.home = layout.home;
        this.port = layout.port;
        this.certificate = layout.certificate;
        this.process = launch(home, command);
        Waiting.until(START, scheme + " listens", this::isListening);
    }

    /// Where a server is to be.
    private record Layout(Path home, int port, CertificatePair certificate) {
        static Layout make() {
            try {
                Path home = Files.createTempDirectory("whirl-e2e-sql-");
                return new Layout(home, WhirlServer.freePort(), CertificatePair.in(home, "DNS:localhost"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Path data() {
            return home.resolve("data");
        }
    }

    static SqlServer postgresql() {
        Layout layout = Layout.make();
        Path programs = newest(Path.of("/usr/lib/postgresql")).resolve("bin");
        Path password = write(layout.home.resolve("password"), PASSWORD);
        List<String> as = List.of();
        if (isRoot()) {
            Commands.run("chown", "-R", "postgres", layout.home.toString());
            as = List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups");
        }
        Commands.run(join(
                as,
                programs.resolve("initdb").toString(),
                "--pgdata=" + layout.data(),
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync"));
        return new SqlServer(
                layout,
                "postgresql",
                "postgres",
                join(
                        as,
                        programs.resolve("postgres").toString(),
                        "-D",
                        layout.data().toString(),
                        "-p",
                        Integer.toString(layout.port),
                        "-h",
                        "127.0.0.1",
                        "-k",
                        layout.home.toString(),
                        "-c",
                        "fsync=off",
                        "-c",
                        "ssl=on",
                        "-c",
                        "ssl_cert_file=" + layout.certificate.certificate(),
                        "-c",
                        "ssl_key_file=" + layout.certificate.key()));
    }

    static SqlServer mariadb() {
        Layout layout = Layout.make();
        String user = "--user=" + System.getProperty("user.name");
        Commands.run(
                "mariadb-install-db",
                "--no-defaults",
                "--datadir=" + layout.data(),
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                user);
        Path first = write(layout.home.resolve("first.sql"), """
                CREATE DATABASE shop;
                CREATE USER '%1$s'@'%%' IDENTIFIED BY '%2$s';
                GRANT ALL ON shop.* TO '%1$s'@'%%';
                """.formatted(USER, PASSWORD));
        return new SqlServer(
                layout,
                "mysql",
                "shop",
                List.of(
                        "/usr/sbin/mariadbd",
                        "--no-defaults",
                        user,
                        "--datadir=" + layout.data(),
                        "--port=" + layout.port,
                        "--bind-address=127.0.0.1",
                        "--socket=" + layout.home.resolve("socket"),
                        "--pid-file=" + layout.home.resolve("pid"),
                        "--skip-name-resolve",
                        "--innodb-flush-log-at-trx-commit=0",
                        "--innodb-buffer-pool-size=16M",
                        "--init-file=" + first,
                        "--ssl-cert=" + layout.certificate.certificate(),
                        "--ssl-key=" + layout.certificate.key()));
    }

    /// Without user and password.
    String url() {
        return "%s://localhost:%d/%s".formatted(scheme, port, database);
    }

    /// The authority that signed the server's certificate.
    String authority() {
        return certificate.pem();
    }

    private boolean isListening() {
        if (!process.isAlive()) {
            throw new IllegalStateException("%s ended with %d: %s".formatted(scheme, process.exitValue(), log(home)));
        }
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Process launch(Path home, List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String log(Path home) {
        try {
            return Files.readString(home.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Path newest(Path versions) {
        try (Stream<Path> all = Files.list(versions)) {
            return all.max(Comparator.comparingInt(
                            each -> Integer.parseInt(each.getFileName().toString())))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("the package postgresql is needed", e);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static List<String> join(List<String> first, String... more) {
        var all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        Folders.deleteRecursively(home);
    }
}
