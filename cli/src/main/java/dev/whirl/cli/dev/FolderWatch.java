package dev.whirl.cli.dev;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Watches a folder and all that is in it, but for what tools fill by themselves. Folders come and go while it looks.
final class FolderWatch implements Closeable {
    /// Editors write a file in several steps: a change is over when nothing has happened for so long.
    private static final long QUIET_MILLIS = 15;

    /// Something that never stops writing, as a log, does not keep a change from being seen.
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Set<String> NOT_WATCHED = Set.of("node_modules", "target", "__pycache__");
    private static final int MAX_FOLDERS = 2_000;

    private final Path root;
    private final int maxFolders;
    private final WatchService service;
    private final Map<WatchKey, Path> folders = new HashMap<>();
    private boolean isPartial;

    FolderWatch(Path root) throws IOException {
        this(root, MAX_FOLDERS);
    }

    FolderWatch(Path root, int maxFolders) throws IOException {
        this.root = root;
        this.maxFolders = maxFolders;
        this.service = root.getFileSystem().newWatchService();
        watchBelow(root);
    }

    /// Whether there are more folders than can be watched.
    boolean isPartial() {
        return isPartial;
    }

    /// Watches files and folders that lie elsewhere, or among what tools fill, too. What is not
    /// there yet is looked for when this is called again.
    ///
    /// @return whether something is watched that was not before
    boolean also(Set<Path> named) throws IOException {
        boolean isNew = false;
        for (Path each : named) {
            Path place = existing(each);
            if (place == null || folders.containsValue(place)) {
                continue;
            }
            if (place.equals(each)) {
                watchBelow(place);
            } else {
                watch(place);
            }
            isNew |= folders.containsValue(place);
        }
        return isNew;
    }

    /// A folder itself, or the nearest one that a file lies or will lie in.
    private static @Nullable Path existing(Path named) {
        Path place = named;
        while (place != null && !Files.isDirectory(place)) {
            place = place.getParent();
        }
        return place;
    }

    /// Waits until something has changed, and the change is over.
    ///
    /// @param longest to wait for the change to begin
    /// @return whether there was one
    /// @throws IOException if the folder is no longer there
    boolean awaitChange(Duration longest) throws IOException, InterruptedException {
        long end = 0;
        WatchKey first = service.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
        for (WatchKey key = first; key != null; key = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS)) {
            take(key);
            end = end == 0 ? System.nanoTime() + PATIENCE.toNanos() : end;
            if (System.nanoTime() - end > 0) {
                break;
            }
        }
        if (!Files.isDirectory(root)) {
            throw new NoSuchFileException(root.toString());
        }
        return first != null;
    }

    /// New folders are watched, too. Where more happened than the system can tell, all are looked for.
    private void take(WatchKey key) throws IOException {
        Path folder = folders.get(key);
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
                watchBelow(root);
            } else if (folder != null
                    && event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE)
                    && event.context() instanceof Path name
                    && Files.isDirectory(folder.resolve(name))
                    && !isLeftOut(name)) {
                watchBelow(folder.resolve(name));
            }
        }
        if (!key.reset()) {
            folders.remove(key);
        }
    }

    private void watchBelow(Path top) throws IOException {
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                return !folder.equals(top) && isLeftOut(folder) ? FileVisitResult.SKIP_SUBTREE : watch(folder);
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (file.equals(root)) {
                    throw failure;
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private FileVisitResult watch(Path folder) throws IOException {
        if (folders.size() >= maxFolders) {
            isPartial = true;
            return FileVisitResult.SKIP_SUBTREE;
        }
        try {
            WatchKey key = folder.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            folders.put(key, folder);
            return FileVisitResult.CONTINUE;
        } catch (NoSuchFileException _) {
            return FileVisitResult.SKIP_SUBTREE; // it has just gone
        }
    }

    private static boolean isLeftOut(Path folder) {
        String name = String.valueOf(folder.getFileName());
        return name.startsWith(".") || NOT_WATCHED.contains(name);
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
