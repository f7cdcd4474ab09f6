package dev.whirl.sandbox.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The warm parent's own program where the kernel gives it no process.
class ParentProgramTest {
    private static final String WITHOUT_ROOM = """
            import errno, importlib.util, os, sys, types

            said = []
            kernel = types.ModuleType("kernel")
            kernel.CLONE_NEWPID = 0
            kernel.unshare = lambda _: said.append("out")
            kernel.enter_namespace = lambda *_: said.append("back")
            sys.modules.update(kernel=kernel, box=types.ModuleType("box"))
            spec = importlib.util.spec_from_file_location("parent", sys.argv[1])
            program = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(program)

            def no_room():
                raise BlockingIOError(errno.EAGAIN, "no room")

            os.fork = no_room
            parent = program.Parent(None, None)
            pauses = []
            for _ in range(12):
                parent._make_spare()
                pauses.append(parent._calm_millis)
            print(said == ["out", "back"] * 12, pauses[0], pauses[-1])
            """;

    @Test
    @Tag("attack-43")
    void aParentThatGetsNoProcessComesBackToItsNamespaceAndAsksMoreAndMoreSeldom() throws Exception {
        Path program = Path.of(Objects.requireNonNull(Forking.class.getResource("parent/parent.py"))
                .toURI());
        String python = Programs.find("python3").orElseThrow().toString();

        var said = ProgramOutput.of(
                List.of(python, "-I", "-B", "-c", WITHOUT_ROOM, program.toString()), Duration.ofSeconds(30));

        assertThat(said).contains("True 40 10000\n");
    }
}
