package dev.whirl.cli;

import dev.whirl.client.ScriptedServer.Seen;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/// A test of projects, with a server that has nothing yet and takes everything.
abstract class ProjectTest extends WskTest {
    @BeforeEach
    void answerWhatIsThere() {
        for (String each : List.of("packages", "actions", "triggers", "rules")) {
            list(each, "[]");
        }
        for (int i = 0; i < 10; i++) {
            wsk.answer(200, "{}");
        }
    }

    /// What the server has.
    protected void list(String collection, String rows) {
        wsk.server().standing("/api/v1/namespaces/_/%s?limit=200&skip=0".formatted(collection), 200, rows);
    }

    protected void manifest(String packages) throws IOException {
        wsk.file("manifest.yaml", "packages: " + packages);
    }

    /// What was sent for an entity.
    protected String body(String path) {
        return wsk.server().seen().stream()
                .filter(seen -> seen.method().equals("PUT") && seen.target().contains(path + "?"))
                .map(Seen::body)
                .findFirst()
                .orElse("nothing");
    }
}
