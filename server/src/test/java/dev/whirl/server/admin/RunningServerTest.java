package dev.whirl.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.entity.EntityId;
import dev.whirl.server.admin.Terminal.Result;
import dev.whirl.store.Stores;
import dev.whirl.store.embedded.EmbeddedStoreConfig;
import dev.whirl.store.embedded.EmbeddedStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The same commands where a server has the data folder open.
@Tag("A-7")
@Timeout(60)
class RunningServerTest {
    @TempDir
    private Path home;

    /// The part of a server that commands reach.
    private static final class Server implements Administered, AutoCloseable {
        final AtomicInteger changes = new AtomicInteger();
        private final EmbeddedStores stores;
        private final AdminListener listener;

        Server(Path data) {
            stores = EmbeddedStores.open(EmbeddedStoreConfig.in(data), new SimpleMeterRegistry());
            listener = new AdminListener(data, this, Path.of("../catalog"));
            listener.start();
        }

        @Override
        public Stores stores() {
            return stores;
        }

        @Override
        public void backup(Path folder) {
            stores.backup(folder);
        }

        @Override
        public void identitiesChanged() {
            changes.incrementAndGet();
        }

        @Override
        public void entitiesChanged(List<EntityId> ids) {
            changes.addAndGet(ids.size());
        }

        @Override
        public Optional<List<LogLine>> recentLog() {
            return Optional.of(List.of(
                    new LogLine("controller", "INFO Recovery transaction=\"t1\" taken up"),
                    new LogLine("invoker", "WARN Pool transaction=\"t2\" full"),
                    new LogLine("", "WARN Library says something")));
        }

        @Override
        public void close() {
            listener.stop();
            stores.close();
        }
    }

    @Test
    void aChangeIsMadeByTheServerWhichForgetsWhatItKnew() {
        var terminal = new Terminal(home.resolve("data"));
        try (var server = new Server(terminal.data())) {
            assertThat(terminal.type("user", "create", "alice", "-u", Terminal.KEY))
                    .isEqualTo(new Result(0, List.of(Terminal.KEY)));

            assertThat(server.changes).hasValue(1);
            assertThat(server.stores().subjects().find("alice")).isPresent();
            terminal.type("user", "block", "alice");
            terminal.type("limits", "set", "alice", "--firesPerMinute", "0");
            terminal.type("limits", "delete", "alice");
            terminal.type("user", "delete", "alice");
            assertThat(server.changes).hasValue(5);
            assertThat(terminal.type("user", "get", "alice").code()).isEqualTo(1);
            assertThat(terminal.type("user", "create", "four").code()).isEqualTo(2);
        }
    }

    @Test
    void whatWasChangedOnTheRunningServerIsThereWhenItHasStopped() {
        var terminal = new Terminal(home.resolve("data"));
        try (var _ = new Server(terminal.data())) {
            terminal.type("user", "create", "alice", "-u", Terminal.KEY);
        }

        assertThat(terminal.type("user", "get", "alice")).isEqualTo(new Result(0, List.of(Terminal.KEY)));
    }

    @Test
    void theLogOfTheRunningServerIsShownInParts() {
        var terminal = new Terminal(home.resolve("data"));
        try (var _ = new Server(terminal.data())) {
            assertThat(terminal.type("syslog", "get").lines()).hasSize(3);
            assertThat(terminal.type("syslog", "get", "controller0"))
                    .isEqualTo(new Result(0, List.of("INFO Recovery transaction=\"t1\" taken up")));
            assertThat(terminal.type("syslog", "get", "-t", "t2"))
                    .isEqualTo(new Result(0, List.of("WARN Pool transaction=\"t2\" full")));
            assertThat(terminal.type("syslog", "get", "-g", "^WARN .*s.m.thing"))
                    .isEqualTo(new Result(0, List.of("WARN Library says something")));
            assertThat(terminal.type("syslog", "get", "-g", "(").code()).isEqualTo(2);
        }
        assertThat(terminal.type("syslog", "get").code()).isEqualTo(1);
    }

    @Test
    void aLongPathOfTheDataFolderIsNoHindrance() {
        var terminal = new Terminal(home.resolve("deep-".repeat(20)).resolve("data"));
        try (var server = new Server(terminal.data())) {
            terminal.type("user", "create", "alice");

            assertThat(server.changes).hasValue(1);
        }
    }

    @Test
    @Tag("attack-42")
    void theSocketIsForTheServersUserAlone() throws IOException {
        Path data = home.resolve("data");
        try (var _ = new Server(data)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(AdminSocket.in(data))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
        }
        assertThat(Files.exists(AdminSocket.in(data))).isFalse();
    }

    @Test
    void aBackupIsWrittenWhileTheServerServesAndRestoredWhenItHasStopped() {
        var terminal = new Terminal(home.resolve("data"));
        String backup = home.resolve("backup").toString();
        try (var _ = new Server(terminal.data())) {
            terminal.type("user", "create", "alice", "-u", Terminal.KEY);

            assertThat(terminal.type("backup", backup))
                    .isEqualTo(new Result(0, List.of("Backup written to " + backup)));
            assertThat(terminal.type("backup", backup).code()).isEqualTo(1);
            assertThat(terminal.type("restore", backup))
                    .isEqualTo(new Result(1, List.of("The server runs: stop it to restore a backup.")));
        }
        assertThat(terminal.type("restore", backup).code()).isEqualTo(1);

        var second = new Terminal(home.resolve("second"));
        assertThat(second.type("restore", backup).code()).isZero();
        assertThat(second.type("user", "get", "alice")).isEqualTo(new Result(0, List.of(Terminal.KEY)));
    }

    @Test
    @Tag("attack-48")
    void aFolderOfANewerFormatIsRefusedUntouched() throws IOException {
        var terminal = new Terminal(home.resolve("data"));
        terminal.type("user", "create", "alice");
        Files.writeString(terminal.data().resolve("format"), "999");

        Result refused = terminal.type("user", "get", "alice");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.line()).contains("format 999", "newer version");
        assertThat(terminal.data().resolve("format")).hasContent("999");
    }
}
