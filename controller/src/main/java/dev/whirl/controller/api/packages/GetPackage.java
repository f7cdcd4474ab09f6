package dev.whirl.controller.api.packages;

import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.directory.ReadablePackage;
import dev.whirl.controller.directory.Resolver;
import dev.whirl.controller.directory.SharedReading;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.Entities;
import dev.whirl.store.StoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET …/packages/{name}` (rows ): the package, and which actions and feeds are in it. A binding
/// shows what it stands for.
final class GetPackage implements Endpoint.Guarded {
    /// An action that is annotated so can be the source of a trigger.
    private static final String FEED = "feed";

    private static final int PAGE = 1_000;

    private final Resolver resolver;
    private final SharedReading sharing;
    private final Entities entities;
    private final long actionBytes;

    /// @param actionBytes how much memory an action takes at most while it is read
    GetPackage(Resolver resolver, SharedReading sharing, Entities entities, long actionBytes) {
        this.actionBytes = actionBytes;
        this.resolver = resolver;
        this.sharing = sharing;
        this.entities = entities;
    }

    @Override
    public Answer answer(Call call) {
        EntityId id = EntityId.of(call.namespace(), call.name());
        ReadablePackage found = find(call, id);
        sharing.require(call.caller(), found);
        EntityAccess.reserveAnswer(call, found.named());
        if (found.isBinding()) {
            EntityAccess.reserveAnswer(call, found.contents());
        }
        JsonWriter out = PackageJson.fields(found.named(), found.parameters());
        writeMembers(out, call.request(), found.contents().id());
        return Answer.json(200, out.endObject());
    }

    private ReadablePackage find(Call call, EntityId id) {
        try {
            return resolver.actionPackage(call.caller(), id);
        } catch (ApiException e) {
            throw e.code() == ErrorCode.NOT_FOUND
                    ? new ApiException(ErrorCode.NOT_FOUND, Messages.resourceNotFound(id.toString()))
                    : e;
        }
    }

    private void writeMembers(JsonWriter out, ApiRequest request, EntityId pkg) {
        var feeds = new JsonWriter().startArray();
        out.name("actions").startArray();
        int skip = 0;
        for (List<EntityId> page = page(pkg, skip); !page.isEmpty(); page = page(pkg, skip)) {
            for (EntityId each : page) {
                int before = out.sizeBytes() + feeds.sizeBytes();
                request.withMemory(actionBytes, () -> writeMember(out, feeds, each));
                request.reserveMemory((long) out.sizeBytes() + feeds.sizeBytes() - before);
            }
            skip += PAGE;
        }
        RawJson allFeeds = feeds.endArray().toRawJson();
        out.endArray().field("feeds", allFeeds);
    }

    private List<EntityId> page(EntityId pkg, int skip) {
        return entities.ids(new Entities.Query(pkg.namespace(), Collection.ACTIONS, pkg.name(), skip, PAGE));
    }

    /// What was deleted meanwhile, or can't be read, is left out.
    private void writeMember(JsonWriter actions, JsonWriter feeds, EntityId id) {
        if (read(id) instanceof Action action) {
            boolean isFeed = action.annotations().find(FEED).isPresent();
            PackageJson.writeMember(isFeed ? feeds : actions, action);
        }
    }

    private @Nullable Entity read(EntityId id) {
        try {
            return entities.find(id).map(Entities.Stored::entity).orElse(null);
        } catch (StoreException.Corrupted e) {
            return null;
        }
    }
}
