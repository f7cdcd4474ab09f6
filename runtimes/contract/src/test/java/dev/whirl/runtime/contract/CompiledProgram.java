package dev.whirl.runtime.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A native program made from C; where this machine has no compiler, a script that does the same.
final class CompiledProgram {
    private static final Path COMPILER = Path.of("/usr/bin/cc");

    private CompiledProgram() {}

    static ActionCode of(String source, String script) throws IOException, InterruptedException {
        return Files.isExecutable(COMPILER) ? ActionCode.binary(compiled(source)) : ActionCode.source(script);
    }

    private static byte[] compiled(String source) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("whirl-contract-");
        Path file = Files.writeString(folder.resolve("program.c"), source);
        Path program = folder.resolve("program");
        Process compiler = new ProcessBuilder(COMPILER.toString(), "-o", program.toString(), file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(compiler.getInputStream().readAllBytes(), UTF_8);
        assertThat(compiler.waitFor()).as(output).isZero();
        byte[] bytes = Files.readAllBytes(program);
        Files.delete(program);
        Files.delete(file);
        Files.delete(folder);
        return bytes;
    }
}
