package dev.whirl.controller.api;

import dev.whirl.controller.access.Gate;
import dev.whirl.controller.access.Identities;
import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.entities.StoredParameters;
import dev.whirl.controller.directory.Resolver;
import dev.whirl.controller.invoke.InvokeEngine;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.runtime.RuntimesManifest;
import dev.whirl.store.Stores;
import java.time.InstantSource;

/// What the routes of the API share.
public record ApiParts(
        SystemLimits limits,
        RuntimesManifest runtimes,
        Stores stores,
        Identities identities,
        Gate gate,
        InvokeEngine engine,
        EntityAccess access,
        Resolver resolver,
        InstantSource clock,
        ActionRules rules) {
    public static ApiParts of(
            SystemLimits limits,
            RuntimesManifest runtimes,
            Stores stores,
            Identities identities,
            Gate gate,
            InvokeEngine engine,
            InstantSource clock) {
        return new ApiParts(
                limits,
                runtimes,
                stores,
                identities,
                gate,
                engine,
                new EntityAccess(gate, stores.entities(), engine::changed),
                new Resolver(engine.directory()),
                clock,
                ActionRules.STANDARD);
    }

    /// What parameters become when they are stored.
    public StoredParameters storedParameters() {
        return new StoredParameters(rules.encryption(), limits);
    }

    public ApiParts withRules(ActionRules other) {
        return new ApiParts(limits, runtimes, stores, identities, gate, engine, access, resolver, clock, other);
    }
}
