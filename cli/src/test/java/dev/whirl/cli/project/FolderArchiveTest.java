package dev.whirl.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction.Included;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("L-39")
final class FolderArchiveTest {
    @TempDir
    private Path folder;

    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        file("project/src/index.js");
        file("project/shared/tool.js");
        file("secrets/key.pem");
    }

    @Test
    void linksWithinTheProjectAreFollowed() throws IOException {
        link("project/src/tool.js", project.resolve("shared/tool.js"));
        link("project/src/lib", project.resolve("shared"));
        link("project/src/broken", project.resolve("nowhere"));

        assertThat(names(pack(List.of(), List.of()))).containsExactly("index.js", "lib/tool.js", "tool.js");
    }

    @Test
    void linksThatLeadElsewhereAreRefusedUnlessTheyAreExcluded() throws IOException {
        link("project/src/key.pem", folder.resolve("secrets/key.pem"));
        link("project/src/all", folder.resolve("secrets"));

        assertThatThrownBy(() -> pack(List.of(), List.of("all")))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("Unable to pack 'src': 'src/key.pem' is a link to what lies outside");
        assertThatThrownBy(() -> pack(List.of(), List.of("*.pem"))).hasMessageContaining("'src/all' is a link");
        assertThat(names(pack(List.of(), List.of("*.pem", "all")))).containsExactly("index.js");
    }

    @Test
    void linksThatAPatternDoesNotMeanMayLeadAnywhere() throws IOException {
        link("project/shared/secrets", folder.resolve("secrets"));
        link("project/shared/key.pem", folder.resolve("secrets/key.pem"));

        assertThat(names(pack(List.of(new Included("shared/*.js", "lib")), List.of())))
                .containsExactly("index.js", "lib/tool.js");
        for (String pattern : List.of("shared/*.pem", "shared/*/key.pem", "shared/**.pem", "sha*/secrets/*")) {
            assertThatThrownBy(() -> pack(List.of(new Included(pattern, "lib")), List.of()))
                    .as(pattern)
                    .hasMessageContaining("is a link to what lies outside");
        }
    }

    @Test
    void aPatternThatMeansNothingIsTold() {
        for (String pattern : List.of("shared/*.py", "nowhere/*", "sha*/")) {
            assertThatThrownBy(() -> pack(List.of(new Included(pattern, "lib")), List.of()))
                    .hasMessageContaining(
                            "Unable to pack 'src': 'include' names '%s', and there is no such file", pattern);
        }
    }

    @Test
    void aFunctionThatIsALinkToElsewhereIsNotFollowed() throws IOException {
        link("project/function", folder.resolve("secrets"));
        link("project/key.js", folder.resolve("secrets/key.pem"));
        link("project/inner", project.resolve("src"));
        SourceFolder source = SourceFolder.of(project);

        for (String name : List.of("function", "key.js", "function/key.pem", "src/../key.js")) {
            assertThatThrownBy(() -> source.resolve(name))
                    .hasMessage("'%s' is a link to what lies outside of the project; name that itself", name);
        }
        assertThat(source.resolve("inner")).isEqualTo(project.resolve("inner"));
        assertThat(source.resolve("../secrets/key.pem")).exists();
    }

    @Test
    void aLinkThatLeadsBackIsTold() throws IOException {
        link("project/src/round", project.resolve("src"));

        assertThatThrownBy(() -> pack(List.of(), List.of()))
                .hasMessageContaining("'/round' is a link that leads back to its own folder");
    }

    @Test
    void excludedFoldersAreNotEvenLookedAt() throws IOException {
        file("project/src/node_modules/x/y.js");
        link("project/src/node_modules/out", folder.resolve("secrets"));

        assertThat(names(pack(List.of(), List.of("node_modules")))).containsExactly("index.js");
    }

    @Test
    void noPlaceInTheArchiveLeadsOutOfIt() throws IOException {
        List<Included> include =
                List.of(new Included("shared/tool.js", "../../etc/tool.js"), new Included("../secrets/*.pem", "../x"));

        assertThat(names(pack(include, List.of()))).containsExactly("etc/tool.js", "index.js", "x/key.pem");
    }

    private byte[] pack(List<Included> include, List<String> exclude) {
        return new FolderArchive(SourceFolder.of(project), "src").pack(include, exclude);
    }

    private static List<String> names(byte[] zip) throws IOException {
        var names = new ArrayList<String>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    private void file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }

    private void link(String name, Path target) throws IOException {
        Files.createSymbolicLink(folder.resolve(name), target);
    }
}
