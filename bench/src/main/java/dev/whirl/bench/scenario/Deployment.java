package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import java.io.IOException;

/// Puts functions and what calls them on a platform and takes them off again.
final class Deployment {
    private Deployment() {}

    static void create(Api api, Entity entity) throws IOException {
        Api.Answer answer = api.put(entity.path(), entity.document());
        if (!answer.isSuccess()) {
            throw new RefusedException(
                    "the platform refused %s: %d %s".formatted(entity.path(), answer.status(), answer.body()));
        }
    }

    /// Deletes it if it is there; whatever goes wrong does not matter any more.
    static void delete(Api api, Entity entity) {
        try {
            api.delete(entity.path());
        } catch (IOException _) {
            // the platform is gone, or going
        }
    }
}
