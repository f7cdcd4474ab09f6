package dev.whirl.controller.api.activations;

import dev.whirl.controller.access.Gate;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.api.http.ListQuery;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.store.Activations;

/// `GET …/activations` (rows ).
record ListActivations(Gate gate, Activations activations) implements Endpoint.Guarded {
    private static final String COLLECTION = "activations";

    @Override
    public Answer answer(Call call) {
        NamespaceName namespace = call.namespace();
        gate.requireOwner(call.caller(), namespace, namespace.value());
        ListQuery list = ListQuery.of(call.query(), COLLECTION);
        boolean wantsDocs = call.query().flag("docs", false);
        if (list.isCount() && wantsDocs) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.DOCS_WITH_COUNT);
        }
        Activations.Query query = query(namespace, ActivationFilter.of(call.query()), list);
        if (list.isCount()) {
            return count(query);
        }
        return wantsDocs ? records(query) : rows(query);
    }

    private static Activations.Query query(NamespaceName namespace, ActivationFilter filter, ListQuery list) {
        return new Activations.Query(
                namespace, filter.pkg(), filter.name(), filter.since(), filter.upto(), list.skip(), list.limit());
    }

    private Answer count(Activations.Query query) {
        var out = new JsonWriter(64).startObject();
        return Answer.json(200, out.field(COLLECTION, activations.count(query)).endObject());
    }

    private Answer records(Activations.Query query) {
        var out = new JsonWriter(16_384).startArray();
        activations.listFull(query).forEach(each -> ActivationJson.write(out, each));
        return Answer.json(200, out.endArray());
    }

    private Answer rows(Activations.Query query) {
        var out = new JsonWriter(8192).startArray();
        activations.list(query).forEach(each -> ActivationJson.writeSummary(out, each));
        return Answer.json(200, out.endArray());
    }
}
