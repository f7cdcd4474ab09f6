package dev.whirl.sandbox.process.compiled;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Payload;
import dev.whirl.sandbox.process.wire.BuiltCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files that runtimes made of source code, on disk for as long as this server runs. They share a
/// bounded room: those used longest ago go first. The same code is made once at a time: whoever asks
/// for it meanwhile waits.
///
/// `this` guards what is there, what is being made and who sends; files are written and sent without
/// holding it. What sandboxes send is in memory from its arrival until the end of the init: that of two
/// of them, of two namespaces, of a bounded size each. So an init that is not ended keeps its own
/// namespace's code from being kept, and not all others'.
public final class CompiledCode {
    private static final Logger log = LoggerFactory.getLogger(CompiledCode.class);
    private static final int MAX_FILE_BYTES = 16 << 20;
    private static final int MAX_IN_MEMORY = 2;
    private static final float LOAD_FACTOR = 0.75f;

    private static final Compilation UNCACHED = new Compilation() {};

    private final Path folder;
    private final long maxBytes;
    private final LinkedHashMap<String, Kept> kept = new LinkedHashMap<>(16, LOAD_FACTOR, true); // last used last

    /// Names of code that is being made.
    private final Set<String> making = new HashSet<>();

    /// Namespaces whose code is in memory.
    private final Set<String> sending = new HashSet<>();

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

    /// Looks for what was made of the same code, and waits for it while that is being made.
    ///
    /// @param runtime the kind
    /// @param patience after so long the code is made once more: whoever makes it may never end
    public Compilation of(String runtime, InitRequest request, Duration patience) throws InterruptedException {
        Optional<CodeKey> key = maxBytes == 0 ? Optional.empty() : CodeKey.of(runtime, request);
        if (key.isEmpty()) {
            return UNCACHED;
        }
        return knownOrMade(key.get(), System.nanoTime() + patience.toNanos());
    }

    private synchronized Compilation knownOrMade(CodeKey key, long deadlineNanos) throws InterruptedException {
        while (true) {
            Kept known = kept.get(key.name());
            if (known != null) {
                return new Known(key.name(), known);
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            if (making.add(key.name())) {
                return new Asking(key, true);
            }
            if (left <= 0) {
                return new Asking(key, false);
            }
            wait(left);
        }
    }

    private synchronized void madeOrNot(CodeKey key) {
        making.remove(key.name());
        notifyAll();
    }

    private synchronized boolean takesRoom(Asking asking) {
        asking.hasRoom = !asking.isOver && sending.size() < MAX_IN_MEMORY && sending.add(asking.key.namespace());
        return asking.hasRoom;
    }

    /// From now on it gets none any more: what it was made for may come later than its end.
    private synchronized void givesRoomBack(Asking asking) {
        asking.isOver = true;
        if (asking.hasRoom) {
            asking.hasRoom = false;
            sending.remove(asking.key.namespace());
        }
    }

    /// How many bytes it keeps.
    synchronized long bytes() {
        return bytes;
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
        private final CodeKey key;
        private final boolean isAwaited;
        private volatile byte @Nullable [] made;

        /// Guarded by what keeps the code, as is `isOver`.
        private boolean hasRoom;

        private boolean isOver;

        /// @param isAwaited whether others wait for it
        Asking(CodeKey key, boolean isAwaited) {
            this.key = key;
            this.isAwaited = isAwaited;
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
            return takesRoom(this) ? MAX_FILE_BYTES : 0;
        }

        @Override
        public void made(byte[] content) {
            made = content;
        }

        @Override
        public void ended(boolean isStarted) {
            byte[] content = made;
            if (isStarted && content != null) {
                keep(key.name(), content);
            }
        }

        @Override
        public void close() {
            givesRoomBack(this);
            if (isAwaited) {
                madeOrNot(key);
            }
        }
    }
}
