package dev.whirl.sandbox.process.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The shell script that becomes a sandbox's first process. Its text never changes; all values are its arguments.
///
/// It opens each pipe for both directions before it opens it for writing: that waits for nobody, so that it ends if the
/// server, which has the other ends, is gone by then.
final class SpawnScript {
    private static final String TEXT = """
            exec 7<>"$1" 8<>"$2" || exit 125
            exec </dev/null >"$1" 2>"$2" 9<"$3" 7>&- 8>&- || exit 125
            ulimit -c 0 && ulimit -n "$4" || exit 125
            joins=$5
            shift 5
            while [ "$joins" -gt 0 ]; do
              echo $$ >"$1" || exit 125
              shift
              joins=$((joins - 1))
            done
            { echo 500 >/proc/self/oom_score_adj; } 2>/dev/null
            exec "$@"
            """;

    private SpawnScript() {}

    /// @param filter the system call filter, which becomes descriptor 9
    /// @param joins the control group files to write the pid into
    static List<String> command(
            Path stdout, Path stderr, Path filter, int openFiles, List<Path> joins, List<String> command) {
        var words = new ArrayList<>(List.of("/bin/sh", "-c", TEXT, "whirl-sandbox"));
        words.addAll(List.of(stdout.toString(), stderr.toString(), filter.toString()));
        words.add(Integer.toString(openFiles));
        words.add(Integer.toString(joins.size()));
        joins.forEach(file -> words.add(file.toString()));
        words.addAll(command);
        return words;
    }
}
