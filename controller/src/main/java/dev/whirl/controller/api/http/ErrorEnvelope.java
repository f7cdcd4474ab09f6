package dev.whirl.controller.api.http;

import dev.whirl.model.TransactionId;
import dev.whirl.model.json.JsonWriter;

/// `{"error","code"}`: what every error looks like (row R-6).
final class ErrorEnvelope {
    private ErrorEnvelope() {}

    static Answer answer(int status, String sentence, TransactionId transaction) {
        return Answer.json(status, json(sentence, transaction));
    }

    static JsonWriter json(String sentence, TransactionId transaction) {
        return new JsonWriter(256)
                .startObject()
                .field("error", sentence)
                .field("code", transaction.value())
                .endObject();
    }
}
