package dev.whirl.e2e.commandline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Folders;
import dev.whirl.e2e.support.Repository;
import dev.whirl.e2e.support.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The script `whirl` of a checkout, with a build tool that only writes down that it was called.
@Timeout(60)
class BuildScriptTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /// What the script calls but `flock` and what it builds with.
    private static final List<String> TOOLS =
            List.of("sh env mkdir cat rm ln readlink dirname sleep sed head tail id uname find sort cksum grep chmod"
                    .split(" "));

    /// Refuses to run twice at once, and waits until it may go on.
    private static final String MAVEN = """
            #!/bin/sh
            cd "$(dirname "$0")/../checkout"
            mkdir running || exit 1
            echo called >>../calls
            until [ -e ../go ]; do sleep 0.05; done
            mkdir -p deploy/dist/target/whirl/bin
            printf '#!/bin/sh\\necho "started $*"\\n' >deploy/dist/target/whirl/bin/whirl
            chmod +x deploy/dist/target/whirl/bin/whirl
            rm -r running
            """;

    private static final String JAVA = "#!/bin/sh\necho 'openjdk version \"25.0.1\"' >&2\n";

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void layOutACheckout() throws IOException {
        Path checkout = Files.createDirectories(folder.resolve("checkout"));
        Files.copy(Repository.root().resolve("whirl"), checkout.resolve("whirl"));
        Path scripts =
                Files.createDirectories(checkout.resolve("deploy/dist/src")).resolve("bin");
        Folders.copyRecursively(Repository.root().resolve("deploy/dist/src/bin"), scripts);
        for (String each : List.of(".mvn", "docs", "runtimes", "model/src")) {
            Files.createDirectories(checkout.resolve(each));
        }
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Files.writeString(checkout.resolve("model/pom.xml"), "<project/>");
        for (String each : List.of("node", "python3", "bwrap")) {
            program("bin/" + each, "#!/bin/sh\n");
        }
        for (String each : TOOLS) {
            Files.createDirectories(folder.resolve("tools"));
            Files.createSymbolicLink(folder.resolve("tools").resolve(each), tool(each));
        }
        program("bin/mvn", MAVEN);
        program("jdk/bin/java", JAVA);
        program("jdk/bin/javac", "#!/bin/sh\n");
        program("jre/bin/java", JAVA);
    }

    @AfterEach
    void endWhatStillRuns() {
        started.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoBuildsAtOnceWaitForEachOtherAndTheSecondHasNothingToDo(boolean hasFlock) throws Exception {
        Process first = whirl("first", hasFlock);
        Waiting.until(DEADLINE, "the first builds", () -> Files.exists(folder.resolve("calls")));
        Process second = whirl("second", hasFlock);
        Waiting.until(DEADLINE, () -> output("second"), text -> text.contains("waiting for another build"));

        Files.createFile(folder.resolve("go"));

        assertThat(code(first)).as(() -> output("first")).isZero();
        assertThat(code(second)).as(() -> output("second")).isZero();
        assertThat(folder.resolve("calls")).hasContent("called\n");
        assertThat(folder.resolve("checkout/.whirl/lock.owner")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBuildThatWasKilledLocksNobodyOut(boolean hasFlock) throws Exception {
        Process first = whirl("first", hasFlock);
        Waiting.until(DEADLINE, "the first builds", () -> Files.exists(folder.resolve("calls")));
        List<ProcessHandle> children = first.toHandle().descendants().toList();
        first.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        assertThat(first.waitFor()).isNotZero();
        Waiting.until(DEADLINE, "its children end", () -> children.stream().noneMatch(ProcessHandle::isAlive));
        Folders.deleteRecursively(folder.resolve("checkout/running"));
        Files.createFile(folder.resolve("go"));

        Process second = whirl("second", hasFlock);

        assertThat(code(second)).as(() -> output("second")).isZero();
        assertThat(folder.resolve("calls")).hasContent("called\ncalled\n");
    }

    @Test
    void aJavaWithoutACompilerRunsButDoesNotBuild() throws Exception {
        String runs = folder.resolve("jre/bin/java").toString();

        assertThat(found("find_java && echo $JAVA")).isEqualTo(runs);
        assertThat(found("find_java jdk && has_compiler $JAVA && echo $JAVA"))
                .endsWith("/java")
                .isNotEqualTo(runs);
        assertThat(found("has_compiler " + runs + " || echo none")).isEqualTo("none");
    }

    /// What the script that looks for Java says with a JRE in `JAVA_HOME` and a JDK on the path.
    private String found(String commands) throws Exception {
        var builder = new ProcessBuilder("/bin/sh", "-c", ". checkout/deploy/dist/src/bin/find-java.sh; " + commands)
                .redirectErrorStream(true)
                .directory(folder.toFile());
        builder.environment().put("JAVA_HOME", folder.resolve("jre").toString());
        builder.environment().put("PATH", folder.resolve("jdk/bin") + ":" + System.getenv("PATH"));
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(code(process)).as(text).isZero();
        return text;
    }

    private Process whirl(String name, boolean hasFlock) throws IOException {
        var builder = new ProcessBuilder(
                        "/bin/sh", folder.resolve("checkout/whirl").toString(), "build")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".txt").toFile());
        String path = folder.resolve("bin").toString();
        builder.environment().put("PATH", path + ":" + (hasFlock ? System.getenv("PATH") : folder.resolve("tools")));
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        started.add(process);
        return process;
    }

    private static int code(Process process) throws InterruptedException {
        assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String output(String name) {
        try {
            return Files.readString(folder.resolve(name + ".txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void program(String path, String script) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path tool(String name) {
        return Stream.of("/usr/bin", "/bin")
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
