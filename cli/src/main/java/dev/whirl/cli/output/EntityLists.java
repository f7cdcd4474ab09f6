package dev.whirl.cli.output;

import dev.whirl.client.ActionDocument;
import dev.whirl.client.EntityDocument;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Prints lists of entities: a header, then a row each (row L-25).
public final class EntityLists {
    private static final int NAME_WIDTH = 70;
    private static final int STATUS_WIDTH = 20;

    /// Actions of the default package first, then by package and name.
    private static final Comparator<ActionDocument> ACTIONS_BY_NAME = Comparator.comparing(
                    (ActionDocument action) -> action.namespace().contains("/"))
            .thenComparing(action -> action.namespace().contains("/")
                    ? (action.namespace() + action.name()).toLowerCase(Locale.ROOT)
                    : action.name());

    private final Terminal out;
    private final boolean sortsByName;

    public EntityLists(Terminal out, boolean sortsByName) {
        this.out = out;
        this.sortsByName = sortsByName;
    }

    public void actions(List<ActionDocument> actions) {
        header("actions");
        sorted(actions, ACTIONS_BY_NAME).forEach(each -> row(each.namespace(), each.name(), "private " + each.kind()));
    }

    public void packages(List<EntityDocument> packages) {
        header("packages");
        byName(packages).forEach(each -> row(each.namespace(), each.name(), each.isShared() ? "shared" : "private"));
    }

    public void triggers(List<EntityDocument> triggers) {
        header("triggers");
        byName(triggers).forEach(each -> row(each.namespace(), each.name(), "private"));
    }

    public void rules(List<EntityDocument> rules) {
        header("rules");
        byName(rules)
                .forEach(each -> row(
                        each.namespace(),
                        each.name(),
                        Text.padded("private", STATUS_WIDTH) + " "
                                + each.status().orElse("")));
    }

    public void namespaces(List<String> names) {
        header("namespaces");
        names.forEach(out::line);
    }

    private void header(String title) {
        out.line(out.bold(title));
    }

    private void row(String namespace, String name, String rest) {
        out.line(Text.padded("/" + namespace + "/" + name, NAME_WIDTH) + " " + rest);
    }

    private List<EntityDocument> byName(List<EntityDocument> rows) {
        return sorted(rows, Comparator.comparing(row -> row.name().toLowerCase(Locale.ROOT)));
    }

    private <T> List<T> sorted(List<T> rows, Comparator<T> order) {
        return sortsByName ? rows.stream().sorted(order).toList() : rows;
    }
}
