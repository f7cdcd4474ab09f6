package dev.whirl.controller.api.packages;

import dev.whirl.controller.api.entities.ListEntities;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.api.http.ListQuery;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.store.Entities;

/// `GET …/packages`: all of one's own, and of others those that everybody may read (row R-36).
final class ListPackages implements Endpoint.Guarded {
    private final ListEntities rows;

    ListPackages(ListEntities rows) {
        this.rows = rows;
    }

    @Override
    public Answer answer(Call call) {
        NamespaceName namespace = call.namespace();
        ListQuery list = ListQuery.of(call.query(), Collection.PACKAGES.plural());
        boolean isOwn = call.caller().namespace().name().equals(namespace);
        Entities.Query query = isOwn
                ? new Entities.Query(namespace, Collection.PACKAGES, null, list.skip(), list.limit())
                : Entities.Query.publicPackages(namespace, list.skip(), list.limit());
        return rows.answer(call.request(), query, list.isCount());
    }
}
