package dev.whirl.controller.invoke.fire;

import dev.whirl.controller.directory.Directory;
import dev.whirl.controller.invoke.DeadLetters;
import dev.whirl.model.ApiException;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Trigger;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.message.Attempt;
import dev.whirl.model.message.Invocation;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fires the trigger that an action names for activations of which all attempts failed, as their caller.
///
/// Its payload is `{"action","attempts","lastActivationId","arguments","result"}`. Encrypted arguments are left out,
/// and
/// so are the result and then the arguments where all is too large for a payload.
public final class DeadLetterFiring implements DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterFiring.class);

    private final Firing firing;
    private final Directory directory;
    private final SystemLimits limits;

    public DeadLetterFiring(Firing firing, Directory directory, SystemLimits limits) {
        this.firing = firing;
        this.directory = directory;
        this.limits = limits;
    }

    @Override
    public void fire(Invocation last, @Nullable ActivationResponse result) throws InterruptedException {
        Attempt attempt = last.attempt();
        Optional<Trigger> trigger = attempt == null
                ? Optional.empty()
                : attempt.policy()
                        .deadLetterOf(last.caller().namespace().name())
                        .flatMap(this::trigger);
        if (trigger.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("transaction", last.transaction())
                    .addKeyValue("action", last.action())
                    .addKeyValue("namespace", last.caller().namespace().name())
                    .log("all attempts failed, and the caller has no such dead-letter trigger");
            return;
        }
        RawJson payload = payload(
                last, result, limits.in(last.caller().limits()).payload().bytes());
        firing.fire(new TriggerEvent(last.transaction(), last.caller(), trigger.get(), payload, new LinkedHashMap<>()));
    }

    private Optional<Trigger> trigger(EntityId id) {
        try {
            return directory.trigger(id);
        } catch (ApiException _) {
            return Optional.empty(); // something else has its name
        }
    }

    private static RawJson payload(Invocation last, @Nullable ActivationResponse response, long maxBytes) {
        var fields = new LinkedHashMap<String, RawJson>();
        Attempt attempt = last.attempt();
        fields.put("action", RawJson.string("/" + last.action()));
        if (attempt != null && attempt.previous() != null) {
            fields.put("attempts", RawJson.number(attempt.policy().attempts()));
            fields.put("lastActivationId", RawJson.string(attempt.previous().value()));
        }
        fields.put("arguments", readable(last));
        RawJson result = response == null ? null : response.result();
        if (result != null) {
            fields.put("result", result);
        }
        for (String large : new String[] {"result", "arguments"}) {
            if (RawJson.object(fields).sizeBytes() > maxBytes) {
                fields.remove(large);
            }
        }
        return RawJson.object(fields);
    }

    private static RawJson readable(Invocation last) {
        if (last.lockedArguments().isEmpty()) {
            return last.arguments();
        }
        var open = new LinkedHashMap<>(last.arguments().fields());
        open.keySet().removeAll(last.lockedArguments().keySet());
        return RawJson.object(open);
    }
}
