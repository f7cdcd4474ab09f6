package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import java.io.IOException;

/// Puts functions on a platform and takes them off again.
final class Deployment {
    private Deployment() {}

    static void create(Api api, Function function) throws IOException {
        Api.Answer answer = api.putAction(function.name(), function.actionDocument());
        if (!answer.isSuccess()) {
            throw new IOException("the platform refused the function %s of kind %s: %d %s"
                    .formatted(function.name(), function.kind(), answer.status(), answer.body()));
        }
    }

    /// Deletes it if it is there; whatever goes wrong does not matter any more.
    static void delete(Api api, Function function) {
        try {
            api.deleteAction(function.name());
        } catch (IOException _) {
            // the platform is gone, or going
        }
    }
}
