package dev.whirl.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class FolderWatchTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void foldersThatAreMadeLaterAreWatchedButForThoseThatToolsFill() throws Exception {
        try (var watch = new FolderWatch(folder)) {
            Files.createDirectories(folder.resolve("new/inner"));
            awaitChange(watch);
            Files.createDirectories(folder.resolve("node_modules/x"));
            awaitChange(watch);
            Files.writeString(folder.resolve("node_modules/x/noise"), "x");
            Files.writeString(folder.resolve("new/inner/a.js"), "x");
            awaitChange(watch);

            Files.writeString(folder.resolve("new/inner/a.js"), "y");
            awaitChange(watch);
            assertThat(watch.isPartial()).isFalse();
        }
    }

    @Test
    void whatNeverStopsWritingDoesNotKeepAChangeFromBeingSeen() throws Exception {
        var isOver = new AtomicBoolean();
        try (var watch = new FolderWatch(folder)) {
            Thread writer = Thread.ofPlatform().start(() -> writeUntil(isOver));
            try {
                awaitChange(watch);
                awaitChange(watch);
            } finally {
                isOver.set(true);
                writer.join();
            }
        }
    }

    @Test
    void aFolderThatIsGoneEndsIt() throws Exception {
        Path root = Files.createDirectories(folder.resolve("root"));
        try (var watch = new FolderWatch(root)) {
            Files.delete(root);

            assertThatThrownBy(() -> awaitChange(watch)).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void whatIsNamedIsWatchedWhereverItLies() throws Exception {
        Path root = Files.createDirectories(folder.resolve("root"));
        Path archive = root.resolve("target/app.jar");
        Path elsewhere = Files.createDirectories(folder.resolve("shared"));
        Set<Path> named = Set.of(archive, elsewhere);
        try (var watch = new FolderWatch(root)) {
            assertThat(watch.also(named)).isTrue();
            Files.createDirectories(archive.getParent());
            awaitChange(watch);
            assertThat(watch.also(named)).as("the folder is there now").isTrue();
            assertThat(watch.also(named)).as("nothing new").isFalse();

            Files.writeString(archive, "x");
            awaitChange(watch);
            Files.writeString(elsewhere.resolve("a.js"), "x");
            awaitChange(watch);
        }
    }

    @Test
    void moreFoldersThanCanBeWatchedAreTold() throws Exception {
        Files.createDirectories(folder.resolve("a/b/c"));

        try (var watch = new FolderWatch(folder, 2)) {
            assertThat(watch.isPartial()).isTrue();
        }
    }

    @Test
    void whereNothingChangesItWaitsNoLongerThanItIsTold() throws Exception {
        try (var watch = new FolderWatch(folder)) {
            assertThat(watch.awaitChange(Duration.ofMillis(1))).isFalse();
            Files.createFile(folder.resolve("a.js"));
            assertThat(watch.awaitChange(LONG)).isTrue();
        }
    }

    private static void awaitChange(FolderWatch watch) throws Exception {
        assertThat(watch.awaitChange(LONG)).isTrue();
    }

    private void writeUntil(AtomicBoolean isOver) {
        try {
            while (!isOver.get()) {
                Files.writeString(folder.resolve("log"), "x");
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
