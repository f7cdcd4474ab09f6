package dev.whirl.bench.process;

import java.time.Duration;
import java.util.List;

/// One process at one moment, from its `/proc/<pid>/stat`: its own processor time, and that of the children it has
/// waited for.
public record ProcessStat(long id, long parent, Duration cpu, Duration reapedCpu) {
    /// Linux reports processor time to user space in hundredths of a second on every architecture.
    private static final long TICK_MILLIS = 10;

    private static final int PARENT = 1;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int REAPED_USER = 13;
    private static final int REAPED_SYSTEM = 14;

    /// Reads the one line of the file; the command in it may hold spaces and parentheses.
    public static ProcessStat parse(String line) {
        int commandEnd = line.lastIndexOf(')');
        long id = Long.parseLong(line.substring(0, line.indexOf(' ')));
        List<String> fields = List.of(line.substring(commandEnd + 2).strip().split(" "));
        return new ProcessStat(
                id,
                Long.parseLong(fields.get(PARENT)),
                ticks(fields, USER, SYSTEM),
                ticks(fields, REAPED_USER, REAPED_SYSTEM));
    }

    private static Duration ticks(List<String> fields, int user, int system) {
        long sum = Long.parseLong(fields.get(user)) + Long.parseLong(fields.get(system));
        return Duration.ofMillis(sum * TICK_MILLIS);
    }
}
