package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the guide to projects shows is what happens.
final class ProjectsGuideTest extends WskTest {
    private static final Path PAGE = Path.of("../docs/guide/projects.md");
    private static final Pattern MANIFEST = Pattern.compile("```yaml\\n(project:.*?)```", Pattern.DOTALL);

    @Test
    void theMistakeInTheGuideIsToldAsTheGuideShowsIt() throws IOException {
        String page = Files.readString(PAGE);
        Matcher first = MANIFEST.matcher(page);
        assertThat(first.find()).isTrue();
        wsk.file("manifest.yaml", first.group(1).replace("function: src/list.js", "funtion: src/list.js"));

        var run = wsk.run("project", "deploy", "--strict");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(page).contains("```\n" + run.err() + "```");
        assertThat(wsk.server().seen()).isEmpty();
    }
}
