package dev.whirl.invoker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.store.StoreException;
import dev.whirl.store.Subjects;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who gets nothing run any more, though it was accepted before (rows I-18, R-154): blocked subjects, and namespaces
/// that may not invoke at all. Whoever was looked up counts as found for a minute.
final class BlockedCallers {
    private static final Logger LOG = LoggerFactory.getLogger(BlockedCallers.class);
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final long MOST = 10_000;

    private record Caller(String subject, NamespaceName namespace) {}

    private final Subjects subjects;
    private final Cache<Caller, Boolean> blocked =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(FRESH).build();

    BlockedCallers(Subjects subjects) {
        this.subjects = subjects;
    }

    boolean contains(Identity caller) {
        return mayNotInvoke(caller.limits())
                || blocked.get(new Caller(caller.subject(), caller.namespace().name()), this::isBlocked);
    }

    /// Subjects or limits were changed: everybody is looked up anew.
    void forget() {
        blocked.invalidateAll();
    }

    private static boolean mayNotInvoke(NamespaceLimits limits) {
        return isZero(limits.concurrentInvocations()) || isZero(limits.invocationsPerMinute());
    }

    private static boolean isZero(@Nullable Integer limit) {
        return limit != null && limit == 0;
    }

    /// Who can't be looked up is not blocked: the controller let it in.
    private boolean isBlocked(Caller caller) {
        try {
            return subjects.find(caller.subject()).map(Subject::isBlocked).orElse(false)
                    || mayNotInvoke(subjects.limits(caller.namespace()));
        } catch (StoreException e) {
            LOG.atWarn().addKeyValue("subject", caller.subject()).setCause(e).log("A subject could not be looked up");
            return false;
        }
    }
}
