package dev.whirl.e2e.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How a running process was started, so that it can be started again.
///
/// @param environment `NAME=value`
record CommandOf(List<String> words, List<String> environment) {
    static CommandOf process(long pid) throws IOException {
        Path folder = Path.of("/proc", Long.toString(pid));
        return new CommandOf(texts(folder.resolve("cmdline")), texts(folder.resolve("environ")));
    }

    ProcessBuilder builder() {
        var builder = new ProcessBuilder(words);
        builder.environment().clear();
        for (String each : environment) {
            int end = each.indexOf('=');
            builder.environment().put(each.substring(0, end), each.substring(end + 1));
        }
        return builder;
    }

    private static List<String> texts(Path file) throws IOException {
        return List.of(Files.readString(file, StandardCharsets.UTF_8).split("\0"));
    }
}
