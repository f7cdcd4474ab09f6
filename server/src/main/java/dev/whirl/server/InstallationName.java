package dev.whirl.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// By what name a server finds its own containers again: a random one, kept in a file of its folder, so that no other
/// server that uses the same engine has it. The file is locked while the server runs.
final class InstallationName implements AutoCloseable {
    private static final String FILE = "containers.id";

    private final FileChannel file;
    private final String text;

    private InstallationName(FileChannel file, String text) {
        this.file = file;
        this.text = text;
    }

    /// @param server which of the servers that this folder may belong to one after the other
    /// @throws StartException if another server has the folder, or it can't be written
    static InstallationName open(Path folder, String server) {
        Path path = folder.resolve(FILE).toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean isOurs = false;
            try {
                if (tryLock(file) == null) {
                    throw new StartException(
                            "another server uses the folder %s; give each its own: store.data, or invoker.scratch"
                                    .formatted(path.getParent()),
                            null);
                }
                var name = new InstallationName(file, "%s %s %s".formatted(id(file), server, path.getParent()));
                isOurs = true;
                return name;
            } finally {
                if (!isOurs) {
                    file.close();
                }
            }
        } catch (IOException e) {
            throw new StartException("%s can't be written: %s".formatted(path, e.getMessage()), e);
        }
    }

    String text() {
        return text;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String id(FileChannel file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(64);
        while (file.read(bytes) > 0) {
            // until all of it is there
        }
        String kept = UTF_8.decode(bytes.flip()).toString().strip();
        if (!kept.isEmpty()) {
            return kept;
        }
        String id = UUID.randomUUID().toString();
        ByteBuffer made = ByteBuffer.wrap((id + "\n").getBytes(UTF_8));
        while (made.hasRemaining()) {
            file.write(made);
        }
        file.force(true);
        return id;
    }
}
