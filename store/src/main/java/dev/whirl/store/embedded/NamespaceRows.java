package dev.whirl.store.embedded;

import dev.whirl.model.entity.NamespaceName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the namespaces that have rows in a list whose keys begin with a tag and the namespace. Costs one step for
/// each namespace, however many rows it has.
final class NamespaceRows {
    private NamespaceRows() {}

    /// By name.
    static List<NamespaceName> in(View view, Table table, char tag) {
        var found = new ArrayList<NamespaceName>();
        KeyRange left = Key.of(tag).range();
        Optional<NamespaceName> next = first(view, table, left);
        while (next.isPresent()) {
            found.add(next.get());
            left = left.withFrom(Key.of(tag).text(next.get().value()).range().to());
            next = first(view, table, left);
        }
        return found;
    }

    private static Optional<NamespaceName> first(View view, Table table, KeyRange range) {
        var found = new ArrayList<NamespaceName>(1);
        view.scan(table, range, row -> {
            found.add(new NamespaceName(text(row.key())));
            return false;
        });
        return found.stream().findFirst();
    }

    private static String text(byte[] key) {
        int end = 1;
        while (key[end] != 0) {
            end++;
        }
        return new String(key, 1, end - 1, StandardCharsets.UTF_8);
    }
}
