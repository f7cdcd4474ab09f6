package dev.whirl.e2e.support;

import java.util.ArrayList;
import java.util.List;

/// Commands whose mounts nobody else sees: they need no administrator, and are gone with the command.
public final class OwnMounts {
    private OwnMounts() {}

    /// Whether this process may mount as it is.
    public static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /// The words of a command; what is appended are its arguments.
    ///
    /// @param script of `sh`, in which mounts can be made
    public static List<String> script(String script) {
        List<String> words = new ArrayList<>(List.of("unshare", "--mount"));
        if (!isRoot()) {
            words.addAll(List.of("--user", "--map-root-user"));
        }
        words.addAll(List.of("sh", "-c", script, "sh"));
        return words;
    }
}
