package dev.whirl.invoker;

import static dev.whirl.model.activation.ActivationResponse.Status.APPLICATION_ERROR;
import static dev.whirl.model.activation.ActivationResponse.Status.WHISK_ERROR;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.whirl.invoker.pool.Reuse;
import dev.whirl.invoker.run.Executable;
import dev.whirl.invoker.run.RuntimeChoice;
import dev.whirl.invoker.run.RuntimeChooser;
import dev.whirl.model.Messages;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.limits.LimitRules;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.message.Invocation;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.store.Entities;
import dev.whirl.store.StoreException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds what an invocation is to run, and keeps what was found lately.
///
/// If the action was changed after the call was accepted, the current one runs: what was accepted is not kept, the
/// caller named the action and not a revision, and the record's version says which one ran. If it was deleted, that is
/// an application error as in OpenWhisk: its owner did it, no fault of the platform or of the code.
final class Executables {
    private static final Logger LOG = LoggerFactory.getLogger(Executables.class);
    private static final long MOST_BYTES = 32L * 1024 * 1024;
    private static final int OVERHEAD_BYTES = 1024;
    private static final int LABEL_LENGTH = 40;

    /// The annotation of an action that wants a sandbox of its own for each activation.
    private static final String SINGLE_USE = "single-use";

    private record Entry(String revision, Lookup lookup) {}

    private final Entities entities;
    private final RuntimeChooser runtimes;
    private final SystemLimits limits;
    private final Reuse reuse;
    private final Cache<EntityId, Entry> cache = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher(Executables::weight)
            .build();

    Executables(Entities entities, RuntimeChooser runtimes, SystemLimits limits, Reuse reuse) {
        this.entities = entities;
        this.runtimes = runtimes;
        this.limits = limits;
        this.reuse = reuse;
    }

    /// Parameters and annotations are what can be large.
    private static int weight(EntityId id, Entry entry) {
        return OVERHEAD_BYTES
                + switch (entry.lookup()) {
                    case Lookup.Found(var executable) -> sizeBytes(executable.action());
                    case Lookup.NotExecutable notExecutable -> sizeBytes(notExecutable.action());
                    case Lookup.NotFound _ -> 0;
                };
    }

    private static int sizeBytes(Action action) {
        long bytes = action.parameters().sizeBytes() + action.annotations().sizeBytes();
        return (int) Math.min(bytes, Integer.MAX_VALUE - OVERHEAD_BYTES);
    }

    Lookup find(Invocation invocation) {
        try {
            return allowed(invocation, find(invocation.action(), invocation.revision()));
        } catch (StoreException e) {
            LOG.atError()
                    .addKeyValue("transaction", invocation.transaction())
                    .addKeyValue("action", invocation.action())
                    .setCause(e)
                    .log("An action could not be read");
            return new Lookup.NotFound(ActivationResponse.failure(WHISK_ERROR, Messages.ACTION_UNREADABLE));
        }
    }

    /// What an action was given once may be more than its caller may use now (row R-64).
    private Lookup allowed(Invocation invocation, Lookup lookup) {
        if (!(lookup instanceof Lookup.Found(var executable))) {
            return lookup;
        }
        Action action = executable.action();
        return LimitRules.refusal(action.limits(), limits.in(invocation.caller().limits()))
                .<Lookup>map(sentence ->
                        new Lookup.NotExecutable(action, ActivationResponse.failure(APPLICATION_ERROR, sentence)))
                .orElse(lookup);
    }

    void forget(EntityId id) {
        cache.invalidate(id);
    }

    /// @throws StoreException if the action can't be read
    Lookup find(EntityId id, String revisionAccepted) {
        Entry cached = cache.getIfPresent(id);
        return cached != null && cached.revision().equals(revisionAccepted) ? cached.lookup() : load(id);
    }

    /// The revision of an action in the store; none if it is gone or can't be read.
    String currentRevision(EntityId id) {
        try {
            return entities.find(id).map(each -> each.revision().value()).orElse("");
        } catch (StoreException e) {
            LOG.atWarn().addKeyValue("action", id).setCause(e).log("A changed action could not be read");
            return "";
        }
    }

    private Lookup load(EntityId id) {
        Optional<Entities.Stored> stored = entities.find(id);
        // gone, or something else has its name: a trigger, or a sequence, which nothing here can run
        if (stored.isEmpty()
                || !(stored.get().entity() instanceof Action action)
                || action.exec() instanceof Exec.Sequence) {
            return new Lookup.NotFound(ActivationResponse.failure(APPLICATION_ERROR, Messages.ACTION_GONE));
        }
        String revision = stored.get().revision().value();
        Lookup lookup = prepare(action, revision);
        cache.put(id, new Entry(revision, lookup));
        return lookup;
    }

    private Lookup prepare(Action action, String revision) {
        return switch (runtimes.choose(action.exec())) {
            case RuntimeChoice.Found(var runtime, var image) ->
                new Lookup.Found(new Executable(
                        action,
                        revision,
                        new SandboxSpec(runtime, image, action.limits().memory(), label(action)),
                        reuse == Reuse.NEVER || action.annotations().isTruthy(SINGLE_USE)));
            case RuntimeChoice.Missing(var sentence) ->
                new Lookup.NotExecutable(action, ActivationResponse.failure(WHISK_ERROR, sentence));
        };
    }

    private static String label(Action action) {
        String text = action.id().toString().replaceAll("[^A-Za-z0-9]+", "-");
        return text.length() <= LABEL_LENGTH ? text : text.substring(0, LABEL_LENGTH);
    }
}
