package dev.whirl.controller.api.actions;

import dev.whirl.controller.access.Gate;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.api.http.ListQuery;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.store.Entities;

/// `GET …/actions`, and of the other collections, which are empty in this version (rows ).
record ListEntities(Gate gate, Entities entities, Collection collection) implements Endpoint.Guarded {
    @Override
    public Answer answer(Call call) {
        NamespaceName namespace = call.namespace();
        gate.requireOwner(call.caller(), namespace, namespace.value());
        ListQuery list = ListQuery.of(call.query(), collection.plural());
        var query = new Entities.Query(namespace, collection, null, list.skip(), list.limit());
        return list.isCount() ? count(query) : rows(query);
    }

    private Answer count(Entities.Query query) {
        var out = new JsonWriter(64).startObject();
        return Answer.json(
                200, out.field(collection.plural(), entities.count(query)).endObject());
    }

    private Answer rows(Entities.Query query) {
        var out = new JsonWriter(4096).startArray();
        for (Entity each : entities.list(query)) {
            switch (each) {
                case Action action -> ActionJson.writeSummary(out, action);
            }
        }
        return Answer.json(200, out.endArray());
    }
}
