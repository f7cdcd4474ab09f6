package dev.whirl.client;

import java.util.List;

/// Reads records of activations.
public final class Activations {
    private final Rest rest;

    Activations(Rest rest) {
        this.rest = rest;
    }

    public List<ActivationDocument> list(String namespace, ActivationQuery query) {
        ApiPath path = ApiPath.of("namespaces", namespace, "activations")
                .with("limit", query.page().limit())
                .with("skip", query.page().skip())
                .with("name", query.name())
                .with("since", query.sinceMillis())
                .with("upto", query.uptoMillis())
                .with("docs", query.isFull() ? "true" : null);
        return Replies.list(rest.get(path)).stream()
                .map(ActivationDocument::read)
                .toList();
    }

    public ActivationDocument get(String namespace, String id) {
        return ActivationDocument.read(Replies.value(rest.get(path(namespace, id))));
    }

    public List<String> logs(String namespace, String id) {
        return ActivationDocument.read(
                        Replies.value(rest.get(path(namespace, id).then("logs"))))
                .logs();
    }

    public ActivationResult result(String namespace, String id) {
        return ActivationResult.read(Replies.value(rest.get(path(namespace, id).then("result"))));
    }

    private static ApiPath path(String namespace, String id) {
        return ApiPath.of("namespaces", namespace, "activations", id);
    }
}
