package dev.whirl.controller.api.packages;

import dev.whirl.controller.api.entities.ListEntities;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.api.http.ListQuery;
import dev.whirl.controller.directory.ReadablePackage;
import dev.whirl.controller.directory.Resolver;
import dev.whirl.controller.directory.SharedReading;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.store.Entities;

/// `GET …/actions/{package}/`: the actions in a package, or in the one that a binding stands for (rows ).
final class ListPackageActions implements Endpoint.Guarded {
    private final Resolver resolver;
    private final SharedReading sharing;
    private final ListEntities rows;

    ListPackageActions(Resolver resolver, SharedReading sharing, ListEntities rows) {
        this.resolver = resolver;
        this.sharing = sharing;
        this.rows = rows;
    }

    @Override
    public Answer answer(Call call) {
        EntityId asked = EntityId.of(call.namespace(), new EntityName(call.segment("package")));
        ListQuery list = ListQuery.of(call.query(), Collection.ACTIONS.plural());
        ReadablePackage found = resolver.actionPackage(call.caller(), asked);
        sharing.require(call.caller(), found);
        EntityId real = found.contents().id();
        var query = new Entities.Query(real.namespace(), Collection.ACTIONS, real.name(), list.skip(), list.limit());
        return rows.answer(call.request(), query, list.isCount());
    }
}
