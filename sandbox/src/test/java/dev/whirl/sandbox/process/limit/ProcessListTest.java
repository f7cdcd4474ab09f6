package dev.whirl.sandbox.process.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessListTest {
    @TempDir
    Path folder;

    private Path file;
    private ProcessList list;

    @BeforeEach
    void makeList() {
        file = folder.resolve("cgroup.procs");
        list = new ProcessList(file);
    }

    @Test
    void givesTheProcessesThatAreThereNow() throws IOException {
        Files.writeString(file, "12\n345\n");
        assertThat(list.now()).containsExactlyInAnyOrder(12L, 345L);

        Files.writeString(file, "12\n346\n");
        assertThat(list.now()).containsExactlyInAnyOrder(12L, 346L);

        Files.writeString(file, "12\n");
        assertThat(list.now()).containsExactly(12L);
    }

    @Test
    void givesTheSameSetWhileNothingChanges() throws IOException {
        Files.writeString(file, "12\n345\n");

        assertThat(list.now()).isSameAs(list.now());
    }

    @Test
    void givesNoneWhereTheGroupIsEmptyOrGone() throws IOException {
        Files.writeString(file, "12\n");
        list.now();

        Files.writeString(file, "");
        assertThat(list.now()).isEmpty();

        Files.delete(file);
        assertThat(list.now()).isEmpty();
    }

    @Test
    void givesAllOfMoreThanAPage() throws IOException {
        String many =
                LongStream.range(10_000, 15_000).mapToObj(Long::toString).collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(file, many);

        assertThat(list.now()).hasSize(5_000).contains(10_000L, 14_999L);
    }
}
