package dev.whirl.controller.invoke;

import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.runtime.RuntimeKind;
import dev.whirl.model.runtime.RuntimesManifest;
import dev.whirl.store.CodeStore;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities;
import dev.whirl.store.Revision;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The action by which invokers show that they can run actions (row I-14): returns what it gets, in a new sandbox each
/// time, since warm ones say nothing of whether more can be started.
///
/// @param kind null if the installation offers none for it
public record HealthTestAction(EntityId id, @Nullable String kind, ActionLimits limits) {
    static final NamespaceName NAMESPACE = new NamespaceName("whisk.system");
    private static final String FAMILY = "nodejs";
    private static final byte[] CODE = "function main(args) { return args; }\n".getBytes(StandardCharsets.UTF_8);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Annotations ANNOTATIONS = Annotations.NONE
            .with("description", RawJson.string("Tells whether an invoker can run actions"))
            .with("provide-api-key", RawJson.FALSE)
            .with("single-use", RawJson.TRUE);

    public static HealthTestAction of(ControllerId self, SystemLimits limits, RuntimesManifest runtimes) {
        String kind = runtimes.kinds().stream()
                .filter(each -> each.family().equals(FAMILY) && each.isDefault())
                .map(RuntimeKind::kind)
                .findFirst()
                .orElse(null);
        Duration longest = limits.timeout().max();
        return new HealthTestAction(
                EntityId.of(NAMESPACE, new EntityName("invokerHealthTestAction" + self.number())),
                kind,
                new ActionLimits(
                        TIMEOUT.compareTo(longest) < 0 ? TIMEOUT : longest,
                        limits.memory().min(),
                        ByteSize.ZERO,
                        1,
                        null));
    }

    /// As it is in the store; written first if it is not there as it should be.
    ///
    /// @return empty if the installation has no kind for it
    /// @throws ConflictException if somebody else writes it at this moment
    /// @throws dev.whirl.store.StoreException if the store can't be read or written
    Optional<CallableAction> in(Entities entities, CodeStore code, Instant now) throws ConflictException {
        if (kind == null) {
            return Optional.empty();
        }
        Action wanted = action(kind, code, now);
        Entities.Stored stored = entities.find(id).orElse(null);
        if (stored != null && stored.entity() instanceof Action action && isAsWanted(action, wanted)) {
            return Optional.of(CallableAction.of(action, stored.revision()));
        }
        Revision revision = entities.put(wanted, stored == null ? null : stored.revision());
        return Optional.of(CallableAction.of(wanted, revision));
    }

    private Action action(String kindOfIt, CodeStore code, Instant now) {
        return new Action(
                id,
                new Exec.Code(kindOfIt, code.put(CODE, false), null),
                Parameters.NONE,
                limits,
                Version.FIRST,
                ANNOTATIONS,
                now);
    }

    private static boolean isAsWanted(Action stored, Action wanted) {
        return stored.exec().equals(wanted.exec())
                && stored.limits().equals(wanted.limits())
                && stored.annotations().equals(wanted.annotations());
    }
}
