package dev.whirl.sandbox.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpreterFoldersTest {
    private static final List<String> NOTHING_MORE = List.of();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    @Tag("attack-7")
    void aProgramInTheBinOfAHomeIsRefusedBecauseTheWholeHomeWouldBeSeen() throws Exception {
        Path home = folder.resolve("home/ada");
        Path node = program("home/ada/bin/node");
        var secret = new PrivateFolders(List.of(folder.resolve("home"), home), List.of());

        assertThat(InterpreterFolders.objection(node, NOTHING_MORE, secret))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains(node.toString(), "functions would see " + home, "install it below /usr"));
        assertThat(InterpreterFolders.objection(program("home/bin/node"), NOTHING_MORE, secret))
                .isPresent();
        assertThat(InterpreterFolders.objection(program("home/ada/.local/bin/node"), NOTHING_MORE, secret))
                .hasValueSatisfying(reason -> assertThat(reason).contains("/home/ada/.local"));
    }

    @Test
    @Tag("attack-7")
    void versionManagersInAHomeAreShownByTheirPartsAlone() throws Exception {
        Path home = folder.resolve("home/ada");
        Path python = program("home/ada/.pyenv/versions/3.11.7/bin/python3");
        Path node = program("home/ada/.nvm/versions/node/v20.1.0/bin/node");
        Path library = Files.createDirectories(home.resolve(".pyenv/versions/3.11.7/lib"));
        Files.createDirectories(home.resolve(".pyenv/versions/3.11.7/secrets"));
        Files.createSymbolicLink(home.resolve(".pyenv/versions/3.11.7/lib64"), home);
        var secret = new PrivateFolders(List.of(home), List.of());

        assertThat(InterpreterFolders.objection(python, NOTHING_MORE, secret)).isEmpty();
        assertThat(InterpreterFolders.objection(node, NOTHING_MORE, secret)).isEmpty();
        assertThat(InterpreterFolders.needed(python, NOTHING_MORE, secret))
                .containsExactlyInAnyOrder(python.getParent(), library);
        assertThat(InterpreterFolders.needed(node, NOTHING_MORE, secret)).containsExactly(node.getParent());
    }

    @Test
    @Tag("attack-7")
    void foldersOfTheWholeSystemAndOfThisServerAreNeverShown() throws Exception {
        Path data = Files.createDirectories(folder.resolve("tools/whirl/data"));
        var secret = new PrivateFolders(List.of(), List.of(data));

        assertThat(InterpreterFolders.objection(Path.of("/opt/bin/node"), NOTHING_MORE, secret))
                .hasValueSatisfying(reason -> assertThat(reason).contains("all of /opt"));
        assertThat(InterpreterFolders.objection(program("tools/bin/node"), NOTHING_MORE, secret))
                .hasValueSatisfying(reason -> assertThat(reason).contains(data.toString()));
        assertThat(InterpreterFolders.objection(program("tools/node/bin/node"), NOTHING_MORE, secret))
                .isEmpty();
        assertThat(secret.objection(data)).isPresent();
        assertThat(secret.objection(Path.of("/"))).isPresent();
    }

    @Test
    void ofAProgramOutsideOfABinOnlyTheFileIsShown() throws Exception {
        Path node = program("home/ada/tools/node");
        var secret = new PrivateFolders(List.of(folder.resolve("home/ada")), List.of());

        assertThat(InterpreterFolders.needed(node, NOTHING_MORE, secret)).containsExactly(node);
        assertThat(InterpreterFolders.objection(node, NOTHING_MORE, secret)).isEmpty();
    }

    @Test
    void whatALanguageReadsBesideTheUsualPartsIsShownToo() throws Exception {
        Path go = program("opt/go/bin/go");
        Path dotnet = program("opt/dotnet/dotnet");
        Path version = program("opt/go/VERSION");
        Path sources = Files.createDirectories(folder.resolve("opt/go/src"));
        Path shared = Files.createDirectories(folder.resolve("opt/dotnet/shared"));
        program("opt/dotnet/secret");
        var secret = new PrivateFolders(List.of(folder.resolve("home")), List.of());

        assertThat(InterpreterFolders.needed(go, List.of("src", "pkg", "VERSION"), secret))
                .containsExactlyInAnyOrder(go.getParent(), sources, version);
        assertThat(InterpreterFolders.needed(dotnet, List.of("host", "shared"), secret))
                .containsExactlyInAnyOrder(dotnet, shared);
        assertThat(InterpreterFolders.objection(program("home/dotnet"), List.of("shared"), secret))
                .isPresent();
    }

    @Test
    void whatIsPartOfTheSystemNeedsNothingUnlessItIsCovered() {
        var nothing = new PrivateFolders(List.of(), List.of());
        var covering = new PrivateFolders(List.of(), List.of(Path.of("/usr/share/doc")));
        var shared = new PrivateFolders(List.of(), List.of(Path.of("/usr/local"), Path.of("/usr/local/lib")));

        assertThat(InterpreterFolders.needed(Path.of("/usr/bin/python3.11"), NOTHING_MORE, nothing))
                .isEmpty();
        assertThat(InterpreterFolders.needed(Path.of("/bin/sh"), NOTHING_MORE, nothing))
                .isEmpty();
        assertThat(InterpreterFolders.objection(Path.of("/bin/sh"), NOTHING_MORE, nothing))
                .isEmpty();
        assertThat(InterpreterFolders.needed(Path.of("/usr/share/doc/node"), NOTHING_MORE, covering))
                .containsExactly(Path.of("/usr/share/doc/node"));
        assertThat(covering.withinSystem()).containsExactly(Path.of("/usr/share/doc"));
        assertThat(shared.withinSystem()).isEmpty();
    }

    @Test
    void theHomesOfThisMachineArePrivate() {
        PrivateFolders secret = PrivateFolders.ofThisMachine(List.of(folder));

        for (String path : List.of("/home", "/root", System.getProperty("user.home"), folder.toString())) {
            assertThat(secret.objection(Path.of(path))).as(path).isPresent();
        }
        assertThat(secret.objection(folder.resolve("inside"))).isEmpty();
    }

    private Path program(String name) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, "");
    }
}
