package dev.whirl.e2e.support;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/// A small file system in memory that only processes started with its prefix see: it lives in a mount namespace of its
/// own, so that it needs no administrator and is gone when this is closed.
public final class SmallDisk implements AutoCloseable {
    private static final int LIFE_SECONDS = 600;
    private static final Duration FILLING = Duration.ofSeconds(10);

    private final Process holder;
    private final Path folder;

    private SmallDisk(Process holder, Path folder) {
        this.holder = holder;
        this.folder = folder;
    }

    /// @param size how much it holds
    /// @param folder where it is seen; it must be there, and stays as it is for everybody else
    public static SmallDisk ofMebibytes(int size, Path folder) {
        String script = "mount -t tmpfs -o size=%dm small '%s' && echo mounted && exec sleep %d"
                .formatted(size, folder, LIFE_SECONDS);
        try {
            Process holder = new ProcessBuilder(OwnMounts.script(script))
                    .redirectErrorStream(true)
                    .start();
            awaitMount(holder);
            return new SmallDisk(holder, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitMount(Process holder) throws IOException {
        BufferedReader output = holder.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (!"mounted".equals(line)) {
            throw new IOException("no file system in memory: " + line);
        }
    }

    /// The folder as a process with the prefix sees it.
    public Path folder() {
        return folder;
    }

    /// Words that start a command inside.
    public List<String> prefix() {
        String pid = Long.toString(holder.pid());
        return OwnMounts.isRoot()
                ? List.of("nsenter", "--target", pid, "--mount", "--")
                : List.of("nsenter", "--target", pid, "--user", "--preserve-credentials", "--mount", "--");
    }

    /// The folder as anybody sees it.
    public Path seenFromOutside() {
        return Path.of("/proc", Long.toString(holder.pid()), "root" + folder);
    }

    private Path filler() {
        return seenFromOutside().resolve("filler");
    }

    /// Leaves not one byte free.
    ///
    /// @throws org.awaitility.core.ConditionTimeoutException if some remain, or others give room back all the time
    public void fill() {
        Waiting.until(FILLING, "not one byte is free", () -> {
            takeTheRest();
            return isFull();
        });
    }

    private boolean isFull() {
        File seen = seenFromOutside().toFile();
        // both are 0 where nothing can be seen
        return seen.getTotalSpace() > 0 && seen.getUsableSpace() == 0;
    }

    private void takeTheRest() {
        byte[] block = new byte[4096];
        try (var out = Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // no space left: as wished
        }
    }

    public void free() {
        try {
            Files.delete(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        holder.destroyForcibly();
        Waiting.until(Duration.ofSeconds(5), "the holder is gone", () -> !holder.isAlive());
    }
}
