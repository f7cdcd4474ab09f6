package dev.whirl.e2e.wsk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Repository;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.WhirlServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Types the guide's examples into a terminal and compares what the screen shows with the page.
class TutorialTest {
    private static final Path PAGE = Repository.root().resolve("docs/guide/wsk.md");
    private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final String ADDRESS = "http://localhost:3233";

    @TempDir
    private Path folder;

    /// A command and what the page says it prints.
    private record Example(String command, String output) {}

    @Test
    @Tag("L-24")
    @Tag("L-25")
    void theScreenIsAsTheGuideShowsIt() throws Exception {
        List<Example> examples = examples();
        assertThat(examples).hasSizeGreaterThan(20);
        try (WhirlServer server = WhirlServer.start(ServerOptions.DEFAULT)) {
            String screen = type(examples, server).replace(server.address().toString(), ADDRESS);

            assertThat(screen).as("colours on a terminal").contains("\u001b[32mok:\u001b[0m");
            String shown = COLOUR.matcher(screen).replaceAll("").replace("\r\n", "\n");
            assertThat(general(shown)).isEqualTo(general(expected(examples)));
        }
    }

    private static List<Example> examples() throws IOException {
        var examples = new ArrayList<Example>();
        BLOCK.matcher(Files.readString(PAGE)).results().forEach(block -> {
            for (String part : block.group(1).split("(?m)^\\$ ", -1)) {
                if (!part.isEmpty()) {
                    String[] lines = part.split("\n", 2);
                    examples.add(new Example(lines[0], lines[1]));
                }
            }
        });
        return examples;
    }

    /// Files that the page shows with `cat` are made before.
    private String type(List<Example> examples, WhirlServer server) throws IOException, InterruptedException {
        var script = new StringBuilder("cd \"$HOME\"\n");
        for (Example each : examples) {
            if (each.command().startsWith("cat ")) {
                Files.writeString(folder.resolve(each.command().substring(4)), each.output());
            }
            String command =
                    each.command().replace(ADDRESS, server.address().toString()).replace("UUID:KEY", Api.GUEST_KEY);
            script.append("last=$?\n")
                    .append("printf '%s\\n' ")
                    .append(quoted("$ " + each.command()))
                    .append('\n')
                    .append(command.equals("echo $?") ? "echo $last" : command)
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("session.sh"), script);
        Path screen = folder.resolve("screen.txt");
        var builder = new ProcessBuilder("script", "-qec", "bash " + file, "/dev/null")
                .redirectErrorStream(true)
                .redirectOutput(screen.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TERM", "xterm");
        builder.environment().keySet().removeAll(List.of("WSK_CONFIG_FILE", "WHISK_APIHOST", "WHISK_AUTH", "NO_COLOR"));
        builder.environment()
                .merge("PATH", Wsk.launcher().resolveSibling(".").toString(), (path, first) -> first + ":" + path);
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return Files.readString(screen, StandardCharsets.UTF_8).replace(folder.toString(), "/home/me");
    }

    private static String expected(List<Example> examples) {
        var text = new StringBuilder();
        examples.forEach(
                each -> text.append("$ ").append(each.command()).append('\n').append(each.output()));
        return text.toString();
    }

    /// What differs each time: ids, times, durations, and widths of columns with them, and how long an answer takes.
    private static String general(String text) {
        return text.replaceAll("(?m)^Waiting for .*\n", "")
                .replaceAll("[0-9a-f]{32}", "ID")
                .replaceAll("\\(code [^)]+\\)", "(code CODE)")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "TIME")
                .replaceAll("\"updated\": \\d+", "\"updated\": TIME")
                .replaceAll(" [0-9.]+m?s +", " DURATION ")
                .replaceAll("(cold|warm) +", "START ");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
