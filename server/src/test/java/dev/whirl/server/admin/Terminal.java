package dev.whirl.server.admin;

import dev.whirl.store.embedded.EmbeddedStoreConfig;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Somebody who types `whirl admin …` for one data folder.
record Terminal(Path data) {
    static final String KEY = "11111111-2222-4333-8444-555555555555:" + "0123456789".repeat(6) + "abcd";

    /// How a command ended.
    record Result(int code, List<String> lines) {
        String line() {
            return String.join("\n", lines);
        }
    }

    Result type(String... words) {
        return typeWith("", words);
    }

    /// @param input what a word `-` reads
    Result typeWith(String input, String... words) {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        AdminMain.Configuration config = (folder, _) -> EmbeddedStoreConfig.in(folder == null ? data : Path.of(folder));
        try {
            int code = new AdminMain(
                            config,
                            _ -> Optional.empty(),
                            Path.of("../catalog"),
                            new BufferedReader(new StringReader(input)),
                            out)
                    .run(List.of(words));
            return new Result(
                    code, bytes.toString(StandardCharsets.UTF_8).lines().toList());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
