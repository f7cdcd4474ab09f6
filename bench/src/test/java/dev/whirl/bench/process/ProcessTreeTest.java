package dev.whirl.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.units.ByteSize;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {
    @Test
    void aCommandWithParenthesesAndSpacesDoesNotShiftTheFields() {
        ProcessStat stat = ProcessStat.parse(
                "4711 (a (b) c) S 17 1 1 0 -1 4194304 102 0 0 0 250 50 7 3 20 0 1 0 193998 3133440 418 1 2 3\n");

        assertThat(stat).isEqualTo(new ProcessStat(4711, 17, Duration.ofSeconds(3), Duration.ofMillis(100)));
    }

    @Test
    void timeOfTheServerAndOfAllBelowItAreCountedApart() {
        ProcessTree before = tree(process(1, 0, 5, 5), process(10, 1, 100, 7), process(11, 10, 20, 1));
        ProcessTree after = tree(
                process(1, 0, 5, 5),
                process(10, 1, 300, 8),
                process(12, 11, 30, 2),
                process(11, 10, 25, 1),
                process(99, 1, 1000, 0));

        assertThat(after.rootCpu().minus(before.rootCpu())).isEqualTo(Duration.ofMillis(200));
        assertThat(after.belowCpuSince(before)).isEqualTo(Duration.ofMillis(1 + 30 + 2 + 5));
        assertThat(after.below()).hasSize(2);
    }

    @Test
    void timeOfAProcessThatEndedAndWasWaitedForCountsOnce() {
        ProcessTree before = tree(process(10, 1, 100, 50), process(11, 10, 20, 0));
        ProcessTree after = tree(process(10, 1, 100, 50 + 20 + 6), process(12, 10, 3, 0));

        assertThat(after.belowCpuSince(before)).isEqualTo(Duration.ofMillis(6 + 3));
    }

    @Test
    void aProcessThatEndedAndThatNobodyWaitedForTakesNothingAway() {
        ProcessTree before = tree(process(10, 1, 100, 50), process(11, 10, 2000, 0));
        ProcessTree after = tree(process(10, 1, 100, 50), process(12, 10, 3, 0));

        assertThat(after.belowCpuSince(before)).isEqualTo(Duration.ofMillis(3));
    }

    @Test
    void aProcessThatIsNotThereHasNoTree() {
        assertThat(ProcessTree.from(5, List.of(process(1, 0, 1, 1)))).isEmpty();
    }

    @Test
    void thisProcessShowsItsTimeAndMemory() {
        ProcessTree tree = ProcessTree.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(tree.rootCpu()).isPositive();
        assertThat(tree.rootMemory().resident()).isGreaterThan(ByteSize.mebibytes(20));
    }

    @Test
    void compilerThreadsAreKnownByTheirShortenedNames() {
        assertThat(CompilerTime.isCompiler("12 (C2 CompilerThre) S 1 1")).isTrue();
        assertThat(CompilerTime.isCompiler("12 (main) S 1 1")).isFalse();
        assertThat(CompilerTime.of(ProcessHandle.current().pid())).isPositive();
    }

    @Test
    void memoryIsReadFromTheRolledUpMap() {
        MemoryUse use = MemoryUse.parse("""
                55d0-7ffe ---p 00000000 00:00 0 [rollup]
                Rss:                2048 kB
                Pss:                1024 kB
                Pss_Dirty:           100 kB
                Private_Clean:       200 kB
                Private_Dirty:       312 kB
                """);

        assertThat(use).isEqualTo(new MemoryUse(ByteSize.mebibytes(2), ByteSize.mebibytes(1), ByteSize.kibibytes(512)));
    }

    private static ProcessTree tree(ProcessStat... all) {
        return ProcessTree.from(10, List.of(all)).orElseThrow();
    }

    private static ProcessStat process(long id, long parent, long cpuMillis, long reapedMillis) {
        return new ProcessStat(id, parent, Duration.ofMillis(cpuMillis), Duration.ofMillis(reapedMillis));
    }
}
