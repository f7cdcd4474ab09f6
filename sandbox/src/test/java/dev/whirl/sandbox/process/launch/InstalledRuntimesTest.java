package dev.whirl.sandbox.process.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.sandbox.process.launch.InterpreterSearch.Outcome;
import dev.whirl.sandbox.process.launch.RuntimeDescription.ProgramQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledRuntimesTest {
    private static final PrivateFolders NOTHING = new PrivateFolders(List.of(), List.of());
    private static final ProgramQuery NODE =
            new ProgramQuery(List.of("node"), List.of("--version"), "18", false, Optional.empty(), List.of());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void versionsAreComparedByTheirNumbers() {
        assertThat(LanguageVersion.isAtLeast("20.11.1", "18")).isTrue();
        assertThat(LanguageVersion.isAtLeast("3.9", "3.10")).isFalse();
        assertThat(LanguageVersion.isAtLeast("3.10.2", "3.10")).isTrue();
        assertThat(LanguageVersion.isAtLeast("25", "25.0.1")).isFalse();
    }

    @Test
    void theFirstProgramThatIsNewEnoughIsTaken() throws Exception {
        program("old/node", "v16.20.0");
        program("new/node", "v20.1.0");
        var search = new InterpreterSearch(List.of(folder.resolve("old"), folder.resolve("new")), Path.of("/none"));
        var query = new ProgramQuery(
                List.of("node", "nodejs"), List.of("--version"), "18", false, Optional.empty(), List.of());

        assertThat(search.find(query, _ -> Optional.empty()))
                .isEqualTo(new Outcome.Found(folder.resolve("new/node").toRealPath(), "20.1.0"));
    }

    @Test
    void aMissingProgramIsExplained() throws Exception {
        program("old/node", "v16.20.0");
        var search = new InterpreterSearch(List.of(folder.resolve("old")), Path.of("/none"));
        var query = new ProgramQuery(List.of("node"), List.of("--version"), "18", false, Optional.empty(), List.of());

        assertThat(((Outcome.Missing) search.find(query, _ -> Optional.empty())).reason())
                .contains("node 18 or newer not found", "is 16.20.0", "apt-get install nodejs");
    }

    @Test
    void theJavaOfThisServerComesFirst() throws Exception {
        program("path/java", "openjdk 25");
        program("home/bin/java", "openjdk 25");
        var search = new InterpreterSearch(List.of(folder.resolve("path")), folder.resolve("home"));
        var query = new ProgramQuery(List.of("java"), List.of("-version"), "25", true, Optional.empty(), List.of());

        assertThat(((Outcome.Found) search.find(query, _ -> Optional.empty())).path())
                .isEqualTo(folder.resolve("home/bin/java").toRealPath());
    }

    @Test
    void aDescriptionThatCannotBeReadIsReportedAndNamed() throws Exception {
        Files.createDirectories(folder.resolve("runtimes/bad"));
        Files.writeString(folder.resolve("runtimes/bad/runtime.json"), "{\"kind\":\"bad:1\"");

        List<RuntimeReadiness> readiness = InstalledRuntimes.find(
                        folder.resolve("runtimes"), new SandboxAccess(false, folder.resolve("copies")), NOTHING)
                .readiness();

        assertThat(readiness).hasSize(1);
        assertThat(readiness.getFirst().isReady()).isFalse();
        assertThat(readiness.getFirst().explanation()).contains("runtime.json");
        assertThatThrownBy(() -> InstalledRuntimes.find(
                        folder.resolve("nowhere"), new SandboxAccess(false, folder.resolve("copies")), NOTHING))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aRuntimeNeedsItsToolsAndItsFilesAndSaysWhichIsMissing() throws Exception {
        Path runtime = Files.createDirectories(folder.resolve("runtimes/gopher"));
        Files.writeString(runtime.resolve("runtime.json"), """
                {"kind": "gopher:1", "command": ["{gopher}"],
                 "tools": {"gopher": {"names": ["gopher"], "versionArguments": ["--version"], "minimumVersion": "2",
                                      "advice": "dig for it"}},
                 "interpreter": {"names": ["node"], "versionArguments": ["--version"], "minimumVersion": "18"},
                 "files": [{"path": "made", "madeWith": "gopher", "advice": "build it"}]}
                """);
        program("bin/node", "v20.1.0");

        assertThat(explanation()).isEqualTo("gopher 2 or newer not found; dig for it");
        program("bin/gopher", "gopher 2.1");
        assertThat(explanation()).isEqualTo("made is not there; build it");
        Files.writeString(runtime.resolve("made"), "gopher 2.0\n");
        assertThat(explanation())
                .isEqualTo("made was made with 'gopher 2.0', and %s is 'gopher 2.1'; build it"
                        .formatted(folder.resolve("bin/gopher").toRealPath()));
        Files.writeString(runtime.resolve("made"), "gopher 2.1\n");
        assertThat(explanation())
                .isEqualTo("%s, 2.1".formatted(folder.resolve("bin/gopher").toRealPath()));
    }

    private String explanation() throws IOException {
        var surroundings = new InstalledRuntimes.Surroundings(
                new SandboxAccess(false, folder.resolve("copies")),
                NOTHING,
                new InterpreterSearch(List.of(folder.resolve("bin")), Path.of("/none")));
        return InstalledRuntimes.find(folder.resolve("runtimes"), surroundings)
                .readiness()
                .getFirst()
                .explanation();
    }

    @Test
    void filesThatOtherUsersCannotReadAreCopied() throws Exception {
        Path closed = Files.createDirectories(folder.resolve("closed/probe"));
        Files.writeString(closed.resolve("runtime.json"), "{}");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

        Path copy = new SandboxAccess(true, folder.resolve("copies")).readable(closed);

        assertThat(copy).isEqualTo(folder.resolve("copies/probe"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve("runtime.json"))))
                .isEqualTo("rw-r--r--");
        assertThat(new SandboxAccess(false, folder).readable(closed)).isEqualTo(closed);
    }

    @Test
    void wordsInCommandsAreFilledIn() throws Exception {
        var description = new RuntimeDescription(
                "x:1",
                folder,
                new LinkedHashMap<>(),
                List.of(),
                List.of(
                        "{interpreter}",
                        "-Xmx{memoryMebibytes}m",
                        "{runtime}/a:{runtime}/b",
                        "-c={file:no/cache}",
                        "{file:cache}"),
                List.of("{interpreter}", "{parent}", "{settings}", "{runtime}/c"),
                Map.of("LIMIT", "{memoryBytes}", "GO", "{go}"),
                List.of());
        Files.createFile(folder.resolve("cache"));
        var runtime = new InstalledRuntime(
                description,
                Map.of("interpreter", Path.of("/opt/node/bin/node"), "go", Path.of("/usr/lib/go/bin/go")),
                folder,
                List.of());

        assertThat(runtime.command("/whirl/runtime", 256 << 20))
                .containsExactly(
                        "/opt/node/bin/node", "-Xmx256m", "/whirl/runtime/a:/whirl/runtime/b", "/whirl/runtime/cache");
        assertThat(runtime.parentCommand("/r", "/p.py", "{}"))
                .containsExactly("/opt/node/bin/node", "/p.py", "{}", "/r/c");
        assertThat(runtime.environment("/r", 1024))
                .containsEntry("LIMIT", "1024")
                .containsEntry("GO", "/usr/lib/go/bin/go");
    }

    @Test
    void whatIsPrintedBesideTheVersionIsNoVersion() {
        String java = "Picked up JAVA_TOOL_OPTIONS: -Xmx512m\nopenjdk version \"21.0.2\" 2024-01-16\nOpenJDK 25\n";

        assertThat(LanguageVersion.in(java, "java")).contains("21.0.2");
        assertThat(LanguageVersion.in("java version \"1.8.0_292\"", "java")).contains("1.8.0");
        assertThat(LanguageVersion.in("warning: 99 things\nPython 3.11.2\n", "python3"))
                .contains("3.11.2");
        assertThat(LanguageVersion.in("(node:123) note 99\nv20.1.0\n", "node")).contains("20.1.0");
        assertThat(LanguageVersion.in("error 42 in line 7", "node")).isEmpty();
        assertThat(LanguageVersion.in("v99999999999999999999", "node")).isEmpty();
        assertThat(LanguageVersion.in("ruby 3.1.2p20 (2022-04-12) [x86_64]", "ruby"))
                .contains("3.1.2");
        assertThat(LanguageVersion.in("go version go1.19.8 linux/amd64", "go")).contains("1.19.8");
        assertThat(LanguageVersion.in("PHP 8.2.28 (cli) (built: Mar 13)", "php"))
                .contains("8.2.28");
        assertThat(LanguageVersion.in("rustc 1.63.0", "rustc")).contains("1.63.0");
        assertThat(LanguageVersion.in("swift-driver version: 1.62.15\nSwift version 5.7.3 (swift-5.7.3)", "swiftc"))
                .contains("5.7.3");
    }

    @Test
    void aProgramThatHangsIsLeftOutAfterAShortTime() throws Exception {
        script("hanging/node", "sleep 60; echo v20.0.0");
        script("chatty/node", "while :; do echo; done");
        program("good/node", "v20.1.0");
        var search = new InterpreterSearch(
                List.of(folder.resolve("hanging"), folder.resolve("chatty"), folder.resolve("good")), Path.of("/none"));
        long start = System.nanoTime();

        Outcome outcome = search.find(NODE, _ -> Optional.empty());

        assertThat(outcome).isInstanceOf(Outcome.Found.class);
        assertThat(((Outcome.Found) outcome).path()).isEqualTo(folder.resolve("good/node"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
    }

    @Test
    void programsAreAskedWithoutTheSettingsOfThisServersEnvironment() throws Exception {
        script("clean/node", "env >" + folder.resolve("seen") + "; echo v20.1.0");
        var search = new InterpreterSearch(List.of(folder.resolve("clean")), Path.of("/none"));

        search.find(NODE, _ -> Optional.empty());

        assertThat(Files.readAllLines(folder.resolve("seen")))
                .isNotEmpty()
                .allMatch(line -> line.matches("(PATH|HOME|LANG|PWD|OLDPWD|SHLVL|_|PYENV_\\w+|NVM_DIR|ASDF_\\w+"
                        + "|VOLTA_HOME|SDKMAN_DIR)=.*"));
    }

    @Test
    void behindAScriptOfAVersionManagerIsTheProgram() throws Exception {
        program("versions/20/bin/node", "v20.1.0");
        script(
                "shims/node",
                "if [ \"$1\" = -p ]; then echo " + folder.resolve("versions/20/bin/node") + "; else echo v20.1.0; fi");
        var search = new InterpreterSearch(List.of(folder.resolve("shims")), Path.of("/none"));

        assertThat(((Outcome.Found) search.find(NODE, _ -> Optional.empty())).path())
                .isEqualTo(folder.resolve("versions/20/bin/node").toRealPath());
    }

    @Test
    @Tag("attack-7")
    void aProgramThatWouldShowAHomeIsPassedOverOrExplained() throws Exception {
        program("ada/bin/node", "v20.1.0");
        program("tools/node/bin/node", "v20.2.0");
        var secret = new PrivateFolders(List.of(folder.resolve("ada").toRealPath()), List.of());
        Path mine = folder.resolve("ada/bin");

        Outcome other = new InterpreterSearch(List.of(mine, folder.resolve("tools/node/bin")), Path.of("/none"))
                .find(NODE, path -> InterpreterFolders.objection(path, List.of(), secret));
        Outcome none = new InterpreterSearch(List.of(mine), Path.of("/none"))
                .find(NODE, path -> InterpreterFolders.objection(path, List.of(), secret));

        assertThat(((Outcome.Found) other).version()).isEqualTo("20.2.0");
        assertThat(((Outcome.Missing) none).reason()).contains("ada/bin/node can't be shown", "install it below /usr");
    }

    private void program(String name, String version) throws IOException {
        script(name, "echo " + version);
    }

    private void script(String name, String commands) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n" + commands + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
