package dev.whirl.gateway.store.file;

import dev.whirl.gateway.policy.Subscription;
import dev.whirl.gateway.store.ApiStore;
import dev.whirl.gateway.store.ApiStoreException;
import dev.whirl.gateway.store.StoredApi;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps everything in memory and each change as a line of the file `apis.log`, synced before the write returns. When
/// it is opened, and when most of its lines are out of date, the file is written anew with what counts. A last line
/// that a crash cut off was never promised and is dropped.
///
/// The methods are synchronized; they guard all fields.
public final class FileApiStore implements ApiStore {
    private static final String NAME = "apis.log";
    private static final int FEW_LINES = 1000;
    private static final long FEW_BYTES = 16L * 1024 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(FileApiStore.class);

    private final Path folder;
    private final Map<String, StoredApi> apis = new LinkedHashMap<>();
    private final Map<Subscription.Id, Subscription> subscriptions = new LinkedHashMap<>();
    private FileChannel log;
    private long version;
    private long lines;
    private long bytes;
    private long currentBytes;

    private FileApiStore(Path folder) throws IOException {
        this.folder = folder;
        createPrivate(folder);
        Path file = folder.resolve(NAME);
        if (Files.exists(file)) {
            readAll(file);
        }
        log = writeAnew();
    }

    /// @param folder made if needed, for its owner alone
    /// @throws ApiStoreException if it can't be used, or holds what this version does not understand
    public static FileApiStore open(Path folder) {
        try {
            return new FileApiStore(folder);
        } catch (IOException e) {
            throw new ApiStoreException("The folder %s can't be used: %s".formatted(folder, e.getMessage()), e);
        }
    }

    @Override
    public synchronized Contents read() {
        return new Contents(List.copyOf(apis.values()), List.copyOf(subscriptions.values()));
    }

    @Override
    public synchronized String version() {
        return Long.toString(version);
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public synchronized void put(StoredApi api, @Nullable StoredApi expected) throws ConflictException {
        if (!Objects.equals(apis.get(api.id()), expected)) {
            throw new ConflictException();
        }
        change(new Change.PutApi(api));
    }

    @Override
    public synchronized void remove(StoredApi expected) throws ConflictException {
        if (!Objects.equals(apis.get(expected.id()), expected)) {
            throw new ConflictException();
        }
        change(new Change.RemoveApi(expected.id()));
    }

    @Override
    public synchronized void put(Subscription subscription) throws ConflictException {
        StoredApi api = apis.get(subscription.api());
        if (api == null || !api.tenant().equals(subscription.tenant())) {
            throw new ConflictException();
        }
        change(new Change.PutSubscription(subscription));
    }

    @Override
    public synchronized void remove(Subscription subscription) {
        change(new Change.RemoveSubscription(subscription));
    }

    /// Writes a copy of what counts into another folder.
    public synchronized void copyTo(Path other) {
        try {
            createPrivate(other);
            writeWhole(other.resolve(NAME)).close();
        } catch (IOException e) {
            throw new ApiStoreException("The copy %s can't be written: %s".formatted(other, e.getMessage()), e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            log.close();
        } catch (IOException e) {
            throw new ApiStoreException("%s can't be closed: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /// Durable first, then visible.
    private void change(Change change) {
        try {
            long end = log.position();
            try {
                write(log, change.line());
                log.force(true);
            } catch (IOException e) {
                log.truncate(end); // no half line before the next one
                throw e;
            }
            apply(change);
            version++;
            lines++;
            bytes = log.position();
        } catch (IOException e) {
            throw new ApiStoreException("%s can't be written: %s".formatted(folder.resolve(NAME), e.getMessage()), e);
        }
        if (lines > FEW_LINES + 2L * (apis.size() + subscriptions.size()) || bytes > FEW_BYTES + 2 * currentBytes) {
            compact();
        }
    }

    /// The change is safe already: where this fails, the file stays as long as it is.
    private void compact() {
        try {
            FileChannel old = log;
            log = writeAnew();
            old.close();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("apis.log could not be made shorter");
        }
    }

    private void apply(Change change) {
        switch (change) {
            case Change.PutApi(StoredApi api) -> apis.put(api.id(), api);
            case Change.RemoveApi(String id) -> {
                apis.remove(id);
                subscriptions.keySet().removeIf(each -> each.api().equals(id));
            }
            case Change.PutSubscription(Subscription subscription) ->
                subscriptions.put(subscription.id(), subscription);
            case Change.RemoveSubscription(Subscription subscription) -> subscriptions.remove(subscription.id());
        }
    }

    private void readAll(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        int start = 0;
        int end = text.indexOf('\n');
        while (end >= 0) {
            String line = text.substring(start, end);
            apply(Change.parse(line)
                    .orElseThrow(
                            () -> new IOException("%s has a line that can't be read: %.80s".formatted(file, line))));
            start = end + 1;
            end = text.indexOf('\n', start);
        }
    }

    private FileChannel writeAnew() throws IOException {
        FileChannel channel = writeWhole(folder.resolve(NAME));
        lines = (long) apis.size() + subscriptions.size();
        bytes = channel.position();
        currentBytes = bytes;
        return channel;
    }

    /// @return what was written, open behind its end
    private FileChannel writeWhole(Path file) throws IOException {
        Path temporary = file.resolveSibling(NAME + ".tmp");
        FileChannel out = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            for (StoredApi each : apis.values()) {
                write(out, new Change.PutApi(each).line());
            }
            for (Subscription each : subscriptions.values()) {
                write(out, new Change.PutSubscription(each).line());
            }
            out.force(true);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel names = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
                names.force(true);
            }
            return out;
        } catch (IOException | RuntimeException e) {
            out.close();
            throw e;
        }
    }

    private static void write(FileChannel out, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            out.write(rest);
        }
    }

    private static void createPrivate(Path folder) throws IOException {
        boolean hasModes = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(folder);
        if (hasModes) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
