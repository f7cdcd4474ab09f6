package dev.whirl.invoker.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Files in a folder: `userlogs.log` is written, `userlogs.1.log` is the one before, and so on. Only their owner may
/// read them: users log what they like.
final class LogFiles implements LogTarget {
    private static final Set<PosixFilePermission> OWN =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path folder;
    private final long mostBytes;
    private final int mostFiles;
    private volatile @Nullable FileChannel out;
    private long bytes;

    LogFiles(Path folder, long mostBytes, int mostFiles) {
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.mostFiles = mostFiles;
    }

    @Override
    public void write(byte[] lines) throws IOException {
        if (out != null && bytes + lines.length > mostBytes) {
            close();
            roll();
        }
        FileChannel known = out;
        FileChannel open = known == null ? open() : known;
        try {
            var rest = ByteBuffer.wrap(lines);
            while (rest.hasRemaining()) {
                open.write(rest);
            }
            bytes += lines.length;
        } catch (IOException e) {
            takeBack(open, e);
            close(); // the next one looks anew
            throw e;
        }
    }

    /// A full disk takes a part: what comes again must not follow half a line.
    private void takeBack(FileChannel open, IOException reason) {
        try {
            open.truncate(bytes);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private FileChannel open() throws IOException {
        Files.createDirectories(folder);
        Path file = file(0);
        FileChannel opened = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, OWN);
        }
        bytes = opened.size();
        out = opened;
        return opened;
    }

    private void roll() throws IOException {
        Files.deleteIfExists(file(mostFiles - 1));
        for (int i = mostFiles - 2; i >= 0; i--) {
            if (Files.exists(file(i))) {
                Files.move(file(i), file(i + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path file(int number) {
        return folder.resolve(number == 0 ? "userlogs.log" : "userlogs.%d.log".formatted(number));
    }

    @Override
    public void close() throws IOException {
        FileChannel open = out;
        out = null;
        if (open != null) {
            open.close();
        }
    }
}
