package dev.whirl.sandbox.process.compiled;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Payload;
import dev.whirl.sandbox.process.wire.BuiltCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files that runtimes made of source code, on disk for as long as this server runs. They share a
/// bounded room: those used longest ago go first.
///
/// `this` guards what is there; files are written and sent without holding it. What sandboxes send is
/// in memory from its arrival until the end of the init: that of two of them, of a bounded size each.
public final class CompiledCode {
    private static final Logger log = LoggerFactory.getLogger(CompiledCode.class);
    private static final int MAX_FILE_BYTES = 16 << 20;
    private static final int MAX_IN_MEMORY = 2;
    private static final float LOAD_FACTOR = 0.75f;

    private static final Compilation UNCACHED = new Compilation() {};

    private final Path folder;
    private final long maxBytes;
    private final Semaphore room = new Semaphore(MAX_IN_MEMORY);
    private final LinkedHashMap<String, Kept> kept = new LinkedHashMap<>(16, LOAD_FACTOR, true); // last used last
    private long bytes;

    private CompiledCode(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /// @param folder that nobody else reads, empty
    /// @param room for all files together
    public static CompiledCode in(Path folder, ByteSize room) {
        return new CompiledCode(folder, room.bytes());
    }

    /// One init of code that its runtime compiles; as it stands here, for this sandbox alone. Close it
    /// when it is over.
    public interface Compilation extends BuiltCode, AutoCloseable {
        /// Keeps what was made, if the code could be started with it, and forgets what did not work.
        default void ended(boolean isStarted) {}

        @Override
        default void close() {}
    }

    /// Looks for what was made of the same code.
    ///
    /// @param runtime the kind
    public Compilation of(String runtime, InitRequest request) {
        Optional<String> key = maxBytes == 0 ? Optional.empty() : CodeKey.of(runtime, request);
        if (key.isEmpty()) {
            return UNCACHED;
        }
        Optional<Kept> known = used(key.get());
        if (known.isPresent()) {
            return new Known(key.get(), known.get());
        }
        return new Asking(key.get());
    }

    /// How many bytes it keeps.
    synchronized long bytes() {
        return bytes;
    }

    private synchronized Optional<Kept> used(String key) {
        return Optional.ofNullable(kept.get(key));
    }

    /// Each file has a name of its own, so that one that is being sent is never another one at its end.
    private void keep(String key, byte[] content) {
        if (content.length == 0 || content.length > maxBytes) {
            return;
        }
        try {
            Path file = Files.createTempFile(folder, "built-", "");
            try {
                Files.write(file, content);
            } catch (IOException e) {
                Files.delete(file);
                throw e;
            }
            added(key, new Kept(file, content.length));
        } catch (IOException e) {
            log.atWarn().addKeyValue("folder", folder).setCause(e).log("compiled code could not be kept");
        }
    }

    private synchronized void added(String key, Kept file) {
        forget(key);
        kept.put(key, file);
        bytes += file.size();
        while (bytes > maxBytes) {
            forget(kept.firstEntry().getKey());
        }
    }

    private synchronized void forget(String key) {
        Kept file = kept.remove(key);
        if (file == null) {
            return;
        }
        bytes -= file.size();
        try {
            Files.delete(file.path());
        } catch (IOException e) {
            log.atWarn().addKeyValue("file", file.path()).setCause(e).log("compiled code could not be removed");
        }
    }

    private record Kept(Path path, int size) {}

    /// It was made before.
    private final class Known implements Compilation {
        private final String key;
        private final Kept file;

        Known(String key, Kept file) {
            this.key = key;
            this.file = file;
        }

        @Override
        public Optional<Payload> offer() {
            return Optional.of(new Payload.OfFile(file.path(), file.size()));
        }

        @Override
        public void ended(boolean isStarted) {
            if (!isStarted) {
                forget(key);
            }
        }
    }

    /// It will be made. Whether there is room for it is seen when it comes.
    private final class Asking implements Compilation {
        private final String key;
        private volatile byte @Nullable [] made;
        private volatile boolean hasRoom;

        Asking(String key) {
            this.key = key;
        }

        @Override
        public Optional<Payload> offer() {
            return Optional.of(new Payload.Nothing());
        }

        @Override
        public boolean isAskedFor() {
            return true;
        }

        @Override
        public int roomBytes() {
            hasRoom = room.tryAcquire();
            return hasRoom ? MAX_FILE_BYTES : 0;
        }

        @Override
        public void made(byte[] content) {
            made = content;
        }

        @Override
        public void ended(boolean isStarted) {
            byte[] content = made;
            if (isStarted && content != null) {
                keep(key, content);
            }
        }

        @Override
        public void close() {
            if (hasRoom) {
                room.release();
            }
        }
    }
}
