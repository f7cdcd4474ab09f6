package dev.whirl.invoker.run;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.whirl.common.units.ByteSize;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.InitCode;
import dev.whirl.store.CodeStore;
import dev.whirl.store.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The code of actions as JSON strings, ready to be put into an init. Keeps what was used lately, up to a size. The
/// same code is read once, however many ask for it at a time; and of large code only so much is under way at a time
/// as the heap bears: others wait for their turn, first come first served.
public final class CodeTexts {
    /// Smaller code takes no share.
    private static final long SMALL = 256L * 1024;

    /// While it is read: the bytes from the store, and the text that is made of them. Later there is the text alone.
    private static final int COPIES = 2;

    /// An init is given its code within moments. What it does after that must not keep others from theirs.
    private static final long LONGEST_SHARE_SECONDS = 5;

    private final CodeStore store;
    private final int mostKilobytes;
    private final Semaphore kilobytes;
    private final Cache<String, RawJson> cache;

    /// @param cached most bytes that are kept
    /// @param underWay most bytes of large code on their way into sandboxes; one gets through, however large
    public CodeTexts(CodeStore store, ByteSize cached, ByteSize underWay) {
        this.store = store;
        mostKilobytes = kilobytes(underWay.bytes());
        kilobytes = new Semaphore(mostKilobytes, true);
        cache = Caffeine.newBuilder()
                .maximumWeight(cached.bytes())
                .weigher((String _, RawJson text) -> text.sizeBytes())
                .build();
    }

    /// Code on its way, and its share of the memory for such. Close it when the sandbox has the code; a share that is
    /// not given back ends by itself.
    public static final class Loan implements InitCode, AutoCloseable {
        private final AtomicReference<@Nullable RawJson> text;
        private final boolean isCode;
        private final Share share;

        private Loan(@Nullable RawJson text, Share share) {
            this.text = new AtomicReference<>(text);
            this.isCode = text != null;
            this.share = share;
        }

        /// What the sandbox is sent; null for an image that has its code inside.
        @Nullable
        InitCode forInit() {
            return isCode ? this : null;
        }

        @Override
        public RawJson text() {
            RawJson current = text.get();
            if (current == null) {
                throw new IllegalStateException("the code was given back");
            }
            return current;
        }

        @Override
        public void giveBack() {
            text.set(null);
            share.giveBack();
        }

        @Override
        public void close() {
            giveBack();
        }
    }

    /// Lends the code of an action, maybe after waiting for a share of the memory.
    ///
    /// @throws StoreException if it is missing or damaged
    public Loan lend(Exec exec) throws InterruptedException {
        CodeRef ref = exec.codeRef().orElse(null);
        if (ref == null) {
            return new Loan(null, new Share(kilobytes, 0));
        }
        Share share = share(ref);
        boolean isLent = false;
        try {
            RawJson text = cache.get(ref.sha256(), _ -> read(ref));
            share.shrinkTo(kilobytes(ref.sizeBytes()));
            isLent = true;
            return new Loan(text, share);
        } finally {
            if (!isLent) {
                share.giveBack();
            }
        }
    }

    /// How many wait for their turn.
    int waiting() {
        return kilobytes.getQueueLength();
    }

    private RawJson read(CodeRef ref) {
        try {
            return RawJson.ofText(store.get(ref));
        } catch (MalformedJsonException e) {
            throw new StoreException.Corrupted(ref.sha256(), "The code is no text.", e);
        }
    }

    private Share share(CodeRef ref) throws InterruptedException {
        if (ref.sizeBytes() <= SMALL) {
            return new Share(kilobytes, 0);
        }
        int needed = Math.min(mostKilobytes, kilobytes(COPIES * ref.sizeBytes()));
        kilobytes.acquire(needed);
        var share = new Share(kilobytes, needed);
        CompletableFuture.delayedExecutor(LONGEST_SHARE_SECONDS, TimeUnit.SECONDS)
                .execute(share::giveBack);
        return share;
    }

    private static int kilobytes(long bytes) {
        return Math.clamp(bytes / 1024, 1, Integer.MAX_VALUE);
    }

    /// Knows nothing of the code, so that whoever holds it for long holds no code.
    private static final class Share {
        private final Semaphore from;
        private final AtomicInteger kilobytes;

        Share(Semaphore from, int kilobytes) {
            this.from = from;
            this.kilobytes = new AtomicInteger(kilobytes);
        }

        void shrinkTo(int most) {
            int before = kilobytes.getAndUpdate(all -> Math.min(all, most));
            from.release(Math.max(0, before - most));
        }

        void giveBack() {
            from.release(kilobytes.getAndSet(0));
        }
    }
}
