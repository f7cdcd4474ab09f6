package dev.whirl.controller.api.activations;

import dev.whirl.controller.access.Gate;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.api.http.ListAnswer;
import dev.whirl.controller.api.http.ListQuery;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.store.Activations;
import dev.whirl.store.StoreException;
import java.util.List;
import java.util.Optional;

/// `GET …/activations` (rows ).
record ListActivations(Gate gate, Activations activations, long mostBytes) implements Endpoint.Guarded {
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
        return wantsDocs ? records(call.request(), query) : rows(query);
    }

    private static Activations.Query query(NamespaceName namespace, ActivationFilter filter, ListQuery list) {
        return new Activations.Query(
                namespace, filter.pkg(), filter.name(), filter.since(), filter.upto(), list.skip(), list.limit());
    }

    private Answer count(Activations.Query query) {
        var out = new JsonWriter(64).startObject();
        return Answer.json(200, out.field(COLLECTION, activations.count(query)).endObject());
    }

    /// All of them, however large they are: one after the other, so that they are never in memory
    /// together. A list that ended early would look like the last one to whoever reads page by page;
    /// whoever takes too long to read it is cut off, and can ask for fewer.
    private Answer records(ApiRequest request, Activations.Query query) {
        List<ActivationId> ids =
                activations.list(query).stream().map(ActivationSummary::id).toList();
        return ListAnswer.of(
                request,
                ids,
                mostBytes,
                (id, out) -> find(query.namespace(), id).ifPresent(each -> ActivationJson.write(out, each)));
    }

    /// What can't be read is left out, as in a list of short forms.
    private Optional<Activation> find(NamespaceName namespace, ActivationId id) {
        try {
            return activations.find(namespace, id);
        } catch (StoreException.Corrupted e) {
            return Optional.empty();
        }
    }

    private Answer rows(Activations.Query query) {
        var out = new JsonWriter(8192).startArray();
        activations.list(query).forEach(each -> ActivationJson.writeSummary(out, each));
        return Answer.json(200, out.endArray());
    }
}
