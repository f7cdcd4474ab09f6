package dev.whirl.controller.api.triggers;

import dev.whirl.controller.api.ApiParts;
import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.entities.PutFields;
import dev.whirl.controller.api.entities.StoredParameters;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Trigger;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;
import java.time.Instant;
import java.time.InstantSource;

/// `PUT …/triggers/{name}` (rows ): creates a trigger, or changes it if `overwrite` is set. Its rules stay.
final class PutTrigger implements Endpoint.Guarded {
    private static final int COPIES = 2;

    private final EntityAccess access;
    private final SystemLimits limits;
    private final StoredParameters parameters;
    private final InstantSource clock;

    PutTrigger(ApiParts parts) {
        this.access = parts.access();
        this.limits = parts.limits();
        this.parameters = parts.storedParameters();
        this.clock = parts.clock();
    }

    @Override
    public Answer answer(Call call) {
        EntityId id = access.ownId(call);
        PutFields put = PutFields.of(call.request().object(limits.entityBody(), COPIES));
        requireLimits(put);
        put.requireSizes(limits.in(call.caller().limits()));
        EntityAccess.Stored<Trigger> old = access.replaced(call, id, Trigger.class);
        Instant now = Instant.ofEpochMilli(clock.millis());
        Trigger plain = old == null ? TriggerChange.create(id, put, now) : TriggerChange.update(old.entity(), put, now);
        Parameters shown = old == null ? Parameters.NONE : old.entity().parameters();
        Trigger next = plain.withParameters(parameters.of(plain.parameters(), shown));
        EntityAccess.reserveAnswer(call, next);
        access.put(next, old);
        return Answer.json(200, TriggerJson.whole(next));
    }

    /// Triggers have no limits of their own: the field may be there, and be empty.
    private static void requireLimits(PutFields put) {
        RawJson given = put.given("limits");
        if (given != null && !given.isObject()) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.contentMalformed(Messages.LIMITS_MALFORMED));
        }
    }
}
