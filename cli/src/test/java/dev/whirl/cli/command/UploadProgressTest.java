package dev.whirl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.cli.output.Terminal;
import dev.whirl.client.http.HttpCall;
import dev.whirl.client.http.HttpReply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UploadProgressTest {
    @Test
    void theBarIsGoneAfterAnInterruption() {
        var bytes = new ByteArrayOutputStream();
        var terminal = new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), true, false);
        var farewells = new ArrayList<Runnable>();
        var codes = new ArrayList<Integer>();
        var progress = new UploadProgress(terminal, (exitCode, farewell) -> {
            codes.add(exitCode);
            farewells.add(farewell);
            return () -> farewells.remove(farewell);
        });
        var call = new HttpCall("PUT", "/", "/", new LinkedHashMap<>(), new byte[2 * 1024 * 1024]);

        progress.sending(call);
        progress.uploading(call, 1024 * 1024);
        progress.uploading(call, 1200 * 1024);
        List.copyOf(farewells).forEach(Runnable::run);

        assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith("\r\u001b[K");
        assertThat(codes).containsExactly(130);
        progress.received(new HttpReply(200, new LinkedHashMap<>(), new byte[0]));
        assertThat(farewells).isEmpty();
    }
}
