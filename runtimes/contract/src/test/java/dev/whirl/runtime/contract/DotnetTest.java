package dev.whirl.runtime.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.runtime.contract.TestSandbox.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The runtime for .NET (row K-22), where its SDK is.
class DotnetTest extends RuntimeContract {
    private static final String KIND = "dotnet:6.0";
    private static final Path PROJECT = Path.of("src/test/resources/dotnet");

    @SuppressWarnings("NullAway.Init")
    private static ActionCode actions;

    @BeforeAll
    static void compileActions(@TempDir Path folder) throws IOException, InterruptedException {
        Toolchain.require(KIND);
        var compiler = new ProcessBuilder(
                        "dotnet",
                        "publish",
                        PROJECT.toString(),
                        "--output",
                        folder.resolve("out").toString(),
                        "-p:BaseIntermediateOutputPath=%s/".formatted(folder.resolve("obj")),
                        "-p:BaseOutputPath=%s/".formatted(folder.resolve("bin")))
                .redirectErrorStream(true)
                .start();
        String said = new String(compiler.getInputStream().readAllBytes(), UTF_8);
        assertThat(compiler.waitFor()).as(said).isZero();
        actions = ActionCode.binary(zip(folder.resolve("out")));
    }

    private static byte[] zip(Path folder) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes);
                Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
                Files.copy(file, zip);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    String kind() {
        return KIND;
    }

    @Override
    ActionCode action(String name) {
        String type = Arrays.stream(name.split("-"))
                .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
                .collect(Collectors.joining());
        return actions.withMain("Actions::Actions." + type + "::Main");
    }

    @Test
    @Tag("K-22")
    void anExceptionIsTheDevelopersError() throws Exception {
        try (var sandbox = start("fails")) {
            assertThat(sandbox.run("{}"))
                    .extracting(Answer::status, Answer::error)
                    .containsExactly(502, "InvalidOperationException: no good");
        }
    }

    @Test
    @Tag("K-22")
    void aWrongEntryPointIsNamed() throws Exception {
        assertThat(refusal("Main")).contains("is not of the form Assembly::Type::Method");
        assertThat(refusal("Nowhere::X::Main")).contains("The zip has no file Nowhere.dll");
        assertThat(refusal("Actions::Nowhere::Main")).contains("the assembly has no type 'Nowhere'");
        assertThat(refusal("Actions::Actions.Echo::Nowhere")).contains("has no public method 'Nowhere'");
    }

    private String refusal(String main) throws Exception {
        try (var sandbox = start()) {
            Answer answer = sandbox.init(actions.withMain(main));
            assertThat(answer.status()).isEqualTo(502);
            return answer.error();
        }
    }
}
