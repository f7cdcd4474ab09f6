package dev.whirl.e2e.admin;

import dev.whirl.e2e.support.ServerCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `whirl admin` for one data folder, as a process of its own.
record Admin(Path data) {
    private static final int PATIENCE_SECONDS = 60;

    /// How a command ended.
    record Result(int code, String text) {}

    Result run(String... words) {
        var command = new ArrayList<>(List.of(
                "/bin/sh",
                ServerCommand.distribution().resolve("bin/whirl").toString(),
                "admin",
                "--data",
                data.toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("WHIRL_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("whirl admin does not end: " + text);
            }
            return new Result(process.exitValue(), text.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// The same, which must work.
    String must(String... words) {
        Result result = run(words);
        if (result.code() != 0) {
            throw new AssertionError("exit code %d: %s".formatted(result.code(), result.text()));
        }
        return result.text();
    }
}
