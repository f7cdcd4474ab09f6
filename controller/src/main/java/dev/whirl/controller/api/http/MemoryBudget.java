package dev.whirl.controller.api.http;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Bounds the memory that many requests take together, and what each [Claimant] has of it (attack 26). Each request has
/// a [Share], which may grow while others hold theirs.
///
/// Nobody can keep others out by being slow: a claimant holds at most as much as stays free for all others, an eighth
/// is for those alone that hold little, strangers have a quarter at most, all of them together, and the APIs of the
/// gateway a half. The APIs of one tenant hold at most as much as stays for those of others, and one target of theirs
/// three quarters of that.
///
/// That several wait for each other for good is ruled out twice: who waits too long gives up, and a part of the memory
/// is kept for one share at a time, the largest of those that wait, so that it can be done. The lock guards all
/// fields, and those of the shares.
final class MemoryBudget {
    /// Smaller shares are not counted: the number of connections bounds them.
    static final long FREE_OF_CHARGE = 64 * 1024;

    private final long capacity;
    private final long reserve;
    private final long kept;
    private final long strangersMost;
    private final long apisMost;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Share> waiting = new ArrayList<>();
    private final Map<Claimant, Long> claims = new HashMap<>();
    private final Map<String, Long> claimsOfTenants = new HashMap<>();
    private long used;
    private long usedByStrangers;
    private long usedByApis;
    private @Nullable Share favourite;

    /// @param largest what one share may need: so much, or half of what is no reserve, is kept for the favourite
    /// @param patience how long to wait for others to be done
    MemoryBudget(long capacityBytes, long largest, Duration patience) {
        this.capacity = capacityBytes;
        this.reserve = capacityBytes / 8;
        this.kept = Math.min(largest, (capacityBytes - reserve) / 2);
        this.strangersMost = capacityBytes / 4;
        this.apisMost = capacityBytes / 2;
        this.patience = patience;
    }

    Share share(Claimant claimant) {
        return new Share(claimant);
    }

    long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    /// What one request holds. Used by one thread.
    final class Share implements AutoCloseable {
        private Claimant claimant;
        private long held;

        private Share(Claimant claimant) {
            this.claimant = claimant;
        }

        Claimant claimant() {
            return claimant;
        }

        /// From now on, before anything was taken.
        void belongsTo(Claimant other) {
            if (held > 0) {
                throw new IllegalStateException("memory was taken before it was known for whom");
            }
            claimant = other;
        }

        long held() {
            return held;
        }

        /// What it may hold if nobody else holds anything.
        long most() {
            return MemoryBudget.this.most(this);
        }

        /// Grows to so many bytes if it is smaller.
        ///
        /// @throws ApiException 503 if others hold too much for too long
        void atLeast(long bytes) {
            if (bytes > held && bytes > FREE_OF_CHARGE) {
                grow(bytes - held);
            }
        }

        /// As [#exactly], for what may be less in the end: never asks for more than there is in all.
        ///
        /// @throws ApiException 503
        void atMost(long bytes) {
            exactly(Math.min(bytes, most()));
        }

        /// Grows or shrinks to so many bytes.
        ///
        /// @throws ApiException 503
        void exactly(long bytes) {
            long wanted = bytes > FREE_OF_CHARGE ? bytes : 0;
            if (wanted < held) {
                giveBack(held - wanted);
            } else {
                atLeast(wanted);
            }
        }

        @Override
        public void close() {
            if (held > 0) {
                giveBack(held);
            }
        }

        private void grow(long more) {
            lock.lock();
            try {
                if (!fits(this, more)) {
                    waitFor(this, more);
                }
                count(this, more);
            } finally {
                lock.unlock();
            }
        }

        private void giveBack(long less) {
            lock.lock();
            try {
                count(this, -less);
                if (held == 0 && favourite == this) {
                    favourite = null;
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void waitFor(Share share, long more) {
        long nanos = share.held + more > most(share) ? 0 : patience.toNanos();
        waiting.add(share);
        try {
            while (!fits(share, more)) {
                if (nanos <= 0) {
                    giveUp(share);
                    throw refused();
                }
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp(share);
            throw refused();
        } finally {
            waiting.remove(share);
            if (favourite == null) {
                changed.signalAll(); // another one is the largest of those that wait now
            }
        }
    }

    private void count(Share share, long more) {
        used += more;
        share.held += more;
        claims.merge(share.claimant, more, MemoryBudget::sum);
        switch (share.claimant) {
            case Claimant.Stranger _ -> usedByStrangers += more;
            case Claimant.Api(String tenant, var _) -> {
                usedByApis += more;
                claimsOfTenants.merge(tenant, more, MemoryBudget::sum);
            }
            case Claimant.Known _ -> {
                // only by itself
            }
        }
    }

    /// Nothing is not kept.
    private static @Nullable Long sum(long a, long b) {
        return a + b == 0 ? null : a + b;
    }

    private boolean fits(Share share, long more) {
        if (used + more > capacity) {
            return false;
        }
        long claim = claims.getOrDefault(share.claimant, 0L) + more;
        return switch (share.claimant) {
            case Claimant.Stranger _ -> claim <= strangersMost - usedByStrangers - more && isCommon(more, reserve);
            case Claimant.Api(String tenant, var _) -> {
                long ofTenant = claimsOfTenants.getOrDefault(tenant, 0L);
                long most = (apisMost - usedByApis + ofTenant) / 2;
                yield ofTenant + more <= most && claim <= ofTarget(most) && isCommon(more, reserve);
            }
            case Claimant.Known _ ->
                (claim <= capacity / 16 && isCommon(more, 0))
                        || (claim <= capacity - used - more && isCommon(more, reserve))
                        || isFavourite(share, more);
        };
    }

    /// Whether it fits into what is neither reserved nor kept for the favourite.
    private boolean isCommon(long more, long reserved) {
        long ofFavourite = favourite == null ? 0 : Math.min(favourite.held, kept);
        return used - ofFavourite + more <= capacity - reserved - kept;
    }

    private boolean isFavourite(Share share, long more) {
        if (favourite == null && isLargestWaiting(share)) {
            favourite = share;
        }
        return favourite == share && (share.held + more <= kept || used + more <= capacity - reserve);
    }

    private long most(Share share) {
        return switch (share.claimant) {
            case Claimant.Stranger _ -> strangersMost / 2;
            case Claimant.Api _ -> ofTarget(apisMost / 2);
            case Claimant.Known _ -> capacity - reserve;
        };
    }

    /// @param ofTenant what its APIs may have
    private static long ofTarget(long ofTenant) {
        return ofTenant / 4 * 3;
    }

    private void giveUp(Share share) {
        if (favourite == share) {
            favourite = null;
            changed.signalAll();
        }
    }

    private boolean isLargestWaiting(Share share) {
        return waiting.stream().allMatch(each -> each.held <= share.held || !(each.claimant instanceof Claimant.Known));
    }

    private static ApiException refused() {
        return new ApiException(ErrorCode.OVERLOADED, Messages.MEMORY_IN_USE);
    }

    /// How many wait for memory.
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
