package dev.whirl.bench.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// The processor time of the threads in which a JVM compiles.
public final class CompilerTime {
    private CompilerTime() {}

    /// So far, of the compiler threads that are there now; zero where the process can't be seen or is no JVM.
    public static Duration of(long processId) {
        Path tasks = Path.of("/proc", Long.toString(processId), "task");
        Duration sum = Duration.ZERO;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                sum = sum.plus(timeIfCompiler(thread));
            }
        } catch (IOException _) {
            return Duration.ZERO;
        }
        return sum;
    }

    private static Duration timeIfCompiler(Path thread) {
        try {
            String line = Files.readString(thread.resolve("stat"));
            return isCompiler(line) ? ProcessStat.parse(line).cpu() : Duration.ZERO;
        } catch (IOException _) {
            return Duration.ZERO; // it has ended
        }
    }

    /// Linux keeps fifteen characters of a thread's name.
    static boolean isCompiler(String line) {
        return line.contains("(C1 CompilerThre") || line.contains("(C2 CompilerThre");
    }
}
