package dev.whirl.client;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The name of an entity as users write it: `name`, `package/name`, `/namespace/name` or
/// `/namespace/package/name`.
///
/// @param namespace `_` is the caller's own
/// @param packageName null for the default package
/// @param name empty where only a namespace was written, as for lists
public record QualifiedName(String namespace, @Nullable String packageName, String name) {
    /// @throws IllegalArgumentException with a reason for the user
    public static QualifiedName parse(String text, String defaultNamespace) {
        String[] parts = (isBareTriple(text) ? "/" + text : text).split("/", -1);
        if (parts.length > 1 && parts[0].isEmpty()) {
            requireParts(parts, 1, 4);
            return new QualifiedName(
                    parts[1], parts.length == 4 ? parts[2] : null, parts.length > 2 ? parts[parts.length - 1] : "");
        }
        requireParts(parts, 0, 2);
        return new QualifiedName(defaultNamespace, parts.length == 2 ? parts[0] : null, parts[parts.length - 1]);
    }

    /// `package/name` or `name`.
    public String entityName() {
        return packageName == null ? name : packageName + "/" + name;
    }

    /// `/namespace/package/name`.
    @Override
    public String toString() {
        return "/" + namespace + (name.isEmpty() ? "" : "/" + entityName());
    }

    private static boolean isBareTriple(String text) {
        return !text.startsWith("/") && text.chars().filter(c -> c == '/').count() == 2;
    }

    private static void requireParts(String[] parts, int from, int max) {
        boolean allNamed = Arrays.stream(parts)
                .skip(from)
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        if (parts.length > max || parts.length <= from || !allNamed) {
            throw new IllegalArgumentException("A valid qualified name must be specified.");
        }
    }
}
