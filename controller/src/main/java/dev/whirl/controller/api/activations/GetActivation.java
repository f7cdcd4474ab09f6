package dev.whirl.controller.api.activations;

import dev.whirl.controller.access.Gate;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.store.Activations;

/// `GET …/activations/{id}`, `…/logs` and `…/result` (rows ).
record GetActivation(Gate gate, Activations activations, long mostBytes, View view) implements Endpoint.Guarded {
    private static final int SHORT = 64 * 1024;

    /// Which part of the record.
    interface View {
        void write(JsonWriter out, Activation activation);
    }

    @Override
    public Answer answer(Call call) {
        NamespaceName namespace = call.namespace();
        var id = new ActivationId(call.segment("id"));
        gate.requireOwner(call.caller(), namespace, namespace + "/" + id);
        Activation activation = call.request()
                .read(
                        mostBytes,
                        () -> activations
                                .find(namespace, id)
                                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, Messages.RESOURCE_NOT_FOUND)),
                        RecordMemory::held);
        return RecordMemory.held(activation) < SHORT ? inOnePiece(activation) : inPieces(activation);
    }

    private Answer inOnePiece(Activation activation) {
        var out = new JsonWriter(2048);
        view.write(out, activation);
        return Answer.json(200, out);
    }

    private Answer inPieces(Activation activation) {
        return Answer.json(200, stream -> {
            JsonWriter out = new JsonWriter().to(stream);
            view.write(out, activation);
            out.flush();
        });
    }
}
