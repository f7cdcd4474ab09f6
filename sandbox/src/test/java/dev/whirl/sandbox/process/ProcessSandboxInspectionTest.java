package dev.whirl.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.Sandbox.Condition;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.process.launch.SandboxFolder;
import dev.whirl.sandbox.process.limit.ResourceGroup;
import dev.whirl.sandbox.process.output.OutputPump;
import dev.whirl.sandbox.process.output.SandboxOutput;
import dev.whirl.sandbox.process.wire.WireLoop;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessSandboxInspectionTest {
    private static final SandboxSpec SPEC = new SandboxSpec("any:1", "", ByteSize.mebibytes(128), "test");

    @TempDir
    Path place;

    @Test
    @Tag("attack-4")
    void aSandboxWhoseProcessesCannotBeSeenIsNotTakenForAClean() throws Exception {
        var folder = new SandboxFolder(place.resolve("s1"), OptionalInt.empty());
        folder.create();
        SandboxOutput output = SandboxOutput.create(folder.stdout(), folder.stderr());
        var life = new ProcessLife("s1", folder, new Unseen(), output, () -> {});
        try (WireLoop wires = WireLoop.started();
                OutputPump pump = OutputPump.started()) {
            var wire = wires.listen(folder.socket(), life::broke);
            life.listensOn(wire);
            var sandbox = new ProcessSandbox(
                    "s1", SPEC, false, new ProcessSandbox.Parts(wire, output, life, pump, Optional.empty()));

            assertThat(sandbox.inspect()).isEqualTo(Condition.DEAD);

            sandbox.close();
        }
    }

    /// A group whose list can't be read, such as for want of a descriptor.
    private static final class Unseen implements ResourceGroup {
        @Override
        public List<Path> joinFiles() {
            return List.of();
        }

        @Override
        public boolean limitsMemory() {
            return true;
        }

        @Override
        public void resize(ByteSize memory) {}

        @Override
        public Set<Long> processes() {
            return Set.of();
        }

        @Override
        public long outOfMemoryKills() {
            return 0;
        }

        @Override
        public boolean canFreeze() {
            return false;
        }

        @Override
        public void freeze() {}

        @Override
        public void thaw() {}

        @Override
        public void killAll() {}

        @Override
        public boolean remove() {
            return true;
        }
    }
}
