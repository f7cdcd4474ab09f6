package dev.whirl.controller.invoke.fire;

import dev.whirl.controller.access.Admission;
import dev.whirl.controller.access.Gate;
import dev.whirl.controller.directory.CallRules;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.controller.directory.Resolver;
import dev.whirl.controller.invoke.InvokeCall;
import dev.whirl.controller.invoke.InvokeEngine;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Trigger;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fires triggers (rows ). Each active rule is one call by whoever fires: throttled, checked and recorded
/// as if it had come in by itself. Call on virtual threads.
public final class Firing {
    private final InvokeEngine engine;
    private final Gate gate;
    private final Resolver resolver;
    private final CallRules rules;
    private final SystemLimits limits;
    private final StorageRules records;
    private final InstantSource clock;

    public Firing(
            InvokeEngine engine,
            Gate gate,
            Resolver resolver,
            CallRules rules,
            SystemLimits limits,
            StorageRules records,
            InstantSource clock) {
        this.engine = engine;
        this.gate = gate;
        this.resolver = resolver;
        this.rules = rules;
        this.limits = limits;
        this.records = records;
        this.clock = clock;
    }

    /// Durable on return: every action that it sets off, and the trigger's record.
    ///
    /// @return the id of the trigger's activation; empty if no rule is active, then nothing happens at all
    public Optional<ActivationId> fire(TriggerEvent event) throws InterruptedException {
        Trigger trigger = event.trigger();
        if (trigger.rules().values().stream().noneMatch(Trigger.Link::isActive)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        RawJson arguments = event.arguments();
        var lines = new ArrayList<String>();
        try (var volley = new Volley(engine.invocations())) {
            for (Map.Entry<EntityId, Trigger.Link> each : trigger.rules().entrySet()) {
                EntityId action = each.getValue().action();
                RuleOutcome outcome = outcome(event, each, arguments, volley);
                lines.add(outcome.line(each.getKey(), action));
            }
            ActivationId id = ActivationId.random();
            boolean isKept = records.keeps(event.transaction(), event.caller(), false, Status.SUCCESS);
            volley.accept(isKept ? record(event, id, now, lines) : null);
            return Optional.of(id);
        }
    }

    private RuleOutcome outcome(
            TriggerEvent event, Map.Entry<EntityId, Trigger.Link> rule, RawJson arguments, Volley volley)
            throws InterruptedException {
        EntityId action = rule.getValue().action();
        if (!rule.getValue().isActive()) {
            String sentence = Messages.ruleIsInactive(rule.getKey().toString(), action.toString());
            return new RuleOutcome.Refused(Status.APPLICATION_ERROR, sentence);
        }
        try {
            return new RuleOutcome.Activated(call(event, action, arguments, volley));
        } catch (ApiException e) {
            return new RuleOutcome.Refused(status(e.code()), e.sentence());
        } catch (StoreException.Corrupted e) {
            return new RuleOutcome.Refused(Status.WHISK_ERROR, Messages.CORRUPTED);
        }
    }

    private ActivationId call(TriggerEvent event, EntityId asked, RawJson arguments, Volley volley)
            throws InterruptedException {
        Identity caller = event.caller();
        Admission admission = admit(caller);
        boolean isAdded = false;
        try {
            CallableAction action = resolver.action(caller, asked);
            rules.check(caller, action);
            requireSize(caller, arguments);
            var call = new InvokeCall(
                    event.transaction(), caller, action, arguments, event.lockedArguments(), admission, null);
            ActivationId id = volley.add(call);
            isAdded = true;
            return id;
        } finally {
            if (!isAdded) {
                admission.close();
            }
        }
    }

    private Admission admit(Identity caller) {
        try {
            return gate.admit(caller);
        } catch (ApiException e) {
            engine.outcomes().throttled();
            throw e;
        }
    }

    /// As a call with the same arguments would be refused (row R-84).
    private void requireSize(Identity caller, RawJson arguments) {
        long max = limits.in(caller.limits()).payload().bytes();
        if (arguments.sizeBytes() > max) {
            throw new ApiException(ErrorCode.TOO_LARGE, Messages.tooLarge("Request", arguments.sizeBytes(), max));
        }
    }

    private static Status status(ErrorCode code) {
        return code.status() >= ErrorCode.INTERNAL.status() ? Status.WHISK_ERROR : Status.APPLICATION_ERROR;
    }

    private static Activation record(TriggerEvent event, ActivationId id, Instant now, List<String> lines) {
        Trigger trigger = event.trigger();
        return new Activation(
                event.caller().namespace().name(),
                trigger.id().name(),
                trigger.version(),
                event.caller().subject(),
                id,
                now,
                null,
                null,
                null,
                new ActivationResponse(Status.SUCCESS, event.payload(), null),
                lines,
                Annotations.NONE);
    }
}
