package dev.whirl.controller.api.packages;

import dev.whirl.controller.api.ApiParts;
import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.entities.StoredParameters;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.directory.ReadablePackage;
import dev.whirl.controller.directory.Resolver;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.limits.SystemLimits;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// `PUT …/packages/{name}` (rows ): creates a package or a binding, or changes it if `overwrite`
/// is set.
final class PutPackage implements Endpoint.Guarded {
    private static final int COPIES = 2;

    private final EntityAccess access;
    private final Resolver resolver;
    private final SystemLimits limits;
    private final StoredParameters parameters;
    private final InstantSource clock;

    PutPackage(ApiParts parts) {
        this.access = parts.access();
        this.resolver = parts.resolver();
        this.limits = parts.limits();
        this.parameters = parts.storedParameters();
        this.clock = parts.clock();
    }

    @Override
    public Answer answer(Call call) {
        EntityId id = access.ownId(call);
        requireFreeName(id);
        PackagePut put = PackagePut.decode(
                call.request().object(limits.entityBody(), COPIES),
                call.caller().namespace().name());
        put.fields().requireSizes(limits.in(call.caller().limits()));
        EntityAccess.Stored<ActionPackage> old = access.replaced(call, id, ActionPackage.class);
        if (put.binding() != null) {
            requireBindable(call.caller(), id, put.binding(), old == null ? null : old.entity());
        }
        Instant now = Instant.ofEpochMilli(clock.millis());
        ActionPackage plain =
                old == null ? PackageChange.create(id, put, now) : PackageChange.update(old.entity(), put, now);
        Parameters shown = old == null ? Parameters.NONE : old.entity().parameters();
        ActionPackage next = plain.withParameters(parameters.of(plain.parameters(), shown));
        EntityAccess.reserveAnswer(call, next);
        access.put(next, old);
        return Answer.json(200, PackageJson.whole(next));
    }

    private static void requireFreeName(EntityId id) {
        String name = id.name().value();
        if (name.equals(ActionPackage.RESERVED_NAME)) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.packageNameReserved(name));
        }
    }

    /// Row R-102.
    private void requireBindable(Identity caller, EntityId id, EntityId target, @Nullable ActionPackage old) {
        if (target.equals(id)) {
            throw new ApiException(ErrorCode.UNPROCESSABLE, Messages.bindingIsCircular(id.toString()));
        }
        if (target(caller, target).isBinding()) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.BINDING_OF_BINDING);
        }
        if (old != null && !old.isBinding()) {
            throw new ApiException(ErrorCode.CONFLICT, Messages.PACKAGE_NOT_A_BINDING);
        }
    }

    private ReadablePackage target(Identity caller, EntityId target) {
        try {
            return resolver.actionPackage(caller, target);
        } catch (ApiException e) {
            throw translated(e);
        }
    }

    private static ApiException translated(ApiException refusal) {
        if (refusal.code() == ErrorCode.NOT_FOUND) {
            return new ApiException(ErrorCode.BAD_REQUEST, Messages.BINDING_TARGET_MISSING);
        }
        return refusal.code() == ErrorCode.CONFLICT
                ? new ApiException(ErrorCode.CONFLICT, Messages.BINDING_TARGET_NO_PACKAGE)
                : refusal;
    }
}
