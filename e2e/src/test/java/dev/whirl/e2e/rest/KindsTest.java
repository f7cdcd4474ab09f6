package dev.whirl.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.ServerCommand;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.model.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KindsTest {
    @Test
    @Tag("R-70")
    @Tag("trap-21")
    void aKindThatHasBecomeDeprecatedCanBeReadAndDeletedOnly(@TempDir Path folder) throws IOException {
        ServerOptions options = ServerOptions.DEFAULT.withData(folder.resolve("data"));
        try (var server = WhirlServer.start(options)) {
            Api.guest(server).create("old", Code.PYTHON, Code.PYTHON_ECHO);
        }
        String manifest = Files.readString(ServerCommand.distribution().resolve("conf/runtimes.json"));
        Path changed = Files.writeString(folder.resolve("runtimes.json"), deprecated(manifest));

        try (var server = WhirlServer.start(options.with("runtimes.manifest", changed.toString()))) {
            Api guest = Api.guest(server);
            String sentence = Messages.runtimeDeprecated(Code.PYTHON);

            guest.get(Api.action("old")).expect(200);
            guest.put(Api.action("old") + "?overwrite=true", "{}").expectErrorStarting(400, sentence);
            guest.invoke("old", "{}").expectErrorStarting(400, sentence);
            guest.put(Api.action("new"), "{\"exec\":{\"kind\":\"python:3.11\",\"code\":\"a b\"}}")
                    .expectErrorStarting(400, sentence);
            guest.delete(Api.action("old")).expect(200);
        }
    }

    private static String deprecated(String manifest) {
        int python = manifest.indexOf("\"python:3.11\"");
        String changed = manifest.substring(0, python)
                + manifest.substring(python).replaceFirst("\"deprecated\": false", "\"deprecated\": true");
        assertThat(changed).isNotEqualTo(manifest);
        return changed;
    }

    @Test
    @Tag("R-69")
    void aSequenceIsRefusedWithASentenceAndNotStored() {
        Api guest = SharedServer.guest();
        String name = Names.unique("sequence");

        guest.put(Api.action(name), "{\"exec\":{\"kind\":\"sequence\",\"components\":[\"/_/no-such-action\"]}}")
                .expectErrorStarting(400, "");
        guest.put(Api.action(name), "{\"exec\":{\"kind\":\"sequence\",\"components\":[]}}")
                .expectErrorStarting(400, "");
        guest.get(Api.action(name)).expect(404);
    }
}
