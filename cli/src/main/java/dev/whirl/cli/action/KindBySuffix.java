package dev.whirl.cli.action;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which kind a file's suffix means, and the other way round (row L-35).
public final class KindBySuffix {
    private static final Map<String, String> FAMILIES = Map.of(
            ".js", "nodejs",
            ".py", "python",
            ".swift", "swift",
            ".php", "php",
            ".rb", "ruby",
            ".rs", "rust",
            ".go", "go",
            ".jar", "java",
            ".balx", "ballerina");

    private KindBySuffix() {}

    /// The suffix of a file name with its dot; empty if there is none.
    public static String suffix(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot <= fileName.lastIndexOf('/') ? "" : fileName.substring(dot);
    }

    /// The default kind of the suffix's family.
    public static Optional<String> kind(String suffix) {
        return Optional.ofNullable(FAMILIES.get(suffix)).map(family -> family + ":default");
    }

    /// The kind that the `runtime` of a manifest means: a family alone is its default, and a
    /// version may follow `@`, as some manifests have it.
    public static String kindOf(String runtime) {
        String kind = runtime.replace('@', ':');
        return FAMILIES.containsValue(kind) || kind.equals("dotnet") ? kind + ":default" : kind;
    }

    /// Whether code of a kind begins in a class that must be named.
    public static boolean isJava(String kind) {
        return kind.split(":", 2)[0].equals("java");
    }

    /// Whether files of this suffix are sent as base64, whatever is in them.
    static boolean isArchive(String suffix) {
        return suffix.equals(".zip") || suffix.equals(".jar") || suffix.equals(".balx");
    }

    /// For saving code of a kind.
    static String suffixOf(String kind, boolean isBinary) {
        String family = kind.split(":", 2)[0].toLowerCase(Locale.ROOT);
        return FAMILIES.entrySet().stream()
                .filter(each -> each.getValue().equals(family) && isArchive(each.getKey()) == isBinary)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(isBinary ? ".zip" : "");
    }
}
