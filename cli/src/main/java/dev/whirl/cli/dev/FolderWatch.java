package dev.whirl.cli.dev;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Watches a folder and all that is in it, but for what tools fill by themselves.
final class FolderWatch implements Closeable {
    /// Editors write a file in several steps: a change is over when nothing has happened for so long.
    private static final long QUIET_MILLIS = 15;

    private static final Set<String> NOT_WATCHED = Set.of("node_modules", "target", "__pycache__");
    private static final int MAX_FOLDERS = 2_000;

    private final WatchService service;
    private final Map<WatchKey, Path> folders = new HashMap<>();

    FolderWatch(Path root) throws IOException {
        service = root.getFileSystem().newWatchService();
        watchBelow(root);
    }

    /// Waits until something has changed, and the change is over.
    void awaitChange() throws IOException, InterruptedException {
        WatchKey key = service.take();
        while (key != null) {
            take(key);
            key = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /// New folders are watched, too.
    private void take(WatchKey key) throws IOException {
        Path folder = folders.get(key);
        for (WatchEvent<?> event : key.pollEvents()) {
            if (folder != null
                    && event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE)
                    && event.context() instanceof Path name
                    && Files.isDirectory(folder.resolve(name))) {
                watchBelow(folder.resolve(name));
            }
        }
        if (!key.reset()) {
            folders.remove(key);
        }
    }

    private void watchBelow(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                boolean isLeftOut = !folder.equals(root) && isLeftOut(folder);
                if (isLeftOut || folders.size() >= MAX_FOLDERS) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                WatchKey key = folder.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
                folders.put(key, folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static boolean isLeftOut(Path folder) {
        String name = String.valueOf(folder.getFileName());
        return name.startsWith(".") || NOT_WATCHED.contains(name);
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
