package dev.whirl.store.embedded;

import dev.whirl.model.entity.CodeRef;
import dev.whirl.store.CodeStore;
import dev.whirl.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Code in files that are named after their content: `ab/<sha256>`, each written beside (in `tmp/`), synced,
/// and moved into its place. What a crash left in `tmp/` goes at the next start.
///
/// All changes of files run on one platform thread: so putting and removing the same code never overlap, and
/// no virtual thread waits inside a sync.
final class FileCodeStore implements CodeStore, AutoCloseable {
    private static final int PREFIX = 2;
    private static final int HASH_LENGTH = 64;

    private final Path root;
    private final DiskSpace space;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("store-code").factory());

    private FileCodeStore(Path root, DiskSpace space) {
        this.root = root;
        this.space = space;
    }

    /// @throws StoreException if the folder can't be used
    static FileCodeStore open(Path root, DiskSpace space) {
        var store = new FileCodeStore(root, space);
        try {
            Files.createDirectories(store.temporary());
            try (Stream<Path> leftovers = Files.list(store.temporary())) {
                for (Path each : leftovers.toList()) {
                    Files.delete(each);
                }
            }
            return store;
        } catch (IOException e) {
            throw Faults.of("use", root, e);
        }
    }

    @Override
    public Offered offer(byte[] text, boolean isBinary) {
        var ref = new CodeRef(hash(text), text.length, isBinary);
        return new Offered() {
            @Override
            public CodeRef ref() {
                return ref;
            }

            @Override
            public void keep() {
                onWriter(() -> {
                    write(ref.sha256(), text);
                    return true;
                });
            }
        };
    }

    @Override
    public byte[] get(CodeRef ref) {
        Path file = file(ref.sha256());
        try {
            byte[] text = Files.readAllBytes(file);
            if (text.length != ref.sizeBytes() || !hash(text).equals(ref.sha256())) {
                throw new StoreException.Corrupted(
                        ref.sha256(), "The code in %s is damaged: its hash is another one.".formatted(file), null);
            }
            return text;
        } catch (NoSuchFileException e) {
            throw new StoreException.Corrupted(ref.sha256(), "The code in %s is missing.".formatted(file), e);
        } catch (IOException e) {
            throw Faults.of("read", file, e);
        }
    }

    /// Calls with the hash of each text that is kept.
    void forEach(Consumer<String> visitor) {
        try (Stream<Path> files = Files.walk(root, 2)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.length() == HASH_LENGTH)
                    .forEach(visitor);
        } catch (IOException e) {
            throw Faults.of("list", root, e);
        }
    }

    /// Where a text is kept.
    Path file(String sha256) {
        return root.resolve(sha256.substring(0, PREFIX)).resolve(sha256);
    }

    /// Removes a text if it was put last before a time, and the condition holds then.
    ///
    /// @return whether it was removed
    boolean removeIf(String sha256, Instant before, Supplier<Boolean> condition) {
        return onWriter(() -> {
            Path file = file(sha256);
            boolean isOld = Files.exists(file)
                    && !Files.getLastModifiedTime(file).toInstant().isAfter(before);
            return isOld && condition.get() && Files.deleteIfExists(file);
        });
    }

    @Override
    public void close() {
        writer.close();
    }

    /// Text that is there already counts as put now; text that was damaged is written again.
    private void write(String sha256, byte[] text) throws IOException {
        Path file = file(sha256);
        if (Files.exists(file) && hash(Files.readAllBytes(file)).equals(sha256)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return;
        }
        space.require(text.length);
        Path folder = root.resolve(sha256.substring(0, PREFIX));
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            Durably.syncFolder(root);
        }
        Durably.write(folder, sha256, text, temporary().resolve(sha256));
    }

    private interface FileTask {
        boolean run() throws IOException;
    }

    private boolean onWriter(FileTask task) {
        try {
            return CompletableFuture.supplyAsync(() -> run(task), writer).join();
        } catch (RejectedExecutionException e) {
            throw new StoreException.Unavailable("The code store in %s is closed.".formatted(root), e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private boolean run(FileTask task) {
        try {
            return task.run();
        } catch (IOException e) {
            throw Faults.of("write to", root, e);
        }
    }

    private Path temporary() {
        return root.resolve("tmp");
    }

    private static String hash(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
