package dev.whirl.sandbox.process.launch;

import java.util.List;

/// Bounds the number of processes of a sandbox where no control group does: by the limit per user, which the kernel
/// counts for each user namespace of its own since Linux 5.14. Before that it would count all processes of the
/// server's user, so there it is left out.
final class ProcessLimit {
    /// The option is `-u` in some shells and `-p` in others.
    private static final String SCRIPT =
            "ulimit -u \"$1\" 2>/dev/null || ulimit -p \"$1\" || exit 125; shift; exec \"$@\"";

    private static final String COUNTS_PER_NAMESPACE = "5.14";

    private ProcessLimit() {}

    /// Whether the kernel counts for each user namespace of its own.
    static boolean isPerNamespace() {
        String kernel = System.getProperty("os.version").replaceAll("[^0-9.].*", "");
        return LanguageVersion.isAtLeast(kernel, COUNTS_PER_NAMESPACE);
    }

    /// The words to put before a command that runs inside of the namespace; none if the kernel is too old.
    static List<String> command(int maxProcesses) {
        return isPerNamespace()
                ? List.of("/bin/sh", "-c", SCRIPT, "whirl-limit", Integer.toString(maxProcesses))
                : List.of();
    }
}
