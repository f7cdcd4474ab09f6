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

    private final Terminal out;
    private final boolean sortsByName;

    public EntityLists(Terminal out, boolean sortsByName) {
        this.out = out;
        this.sortsByName = sortsByName;
    }

    /// Actions as they are to be shown: sorted, or as the server gave them.
    public List<ActionDocument> ordered(List<ActionDocument> actions) {
        return sorted(actions, EntityLists::compareActions);
    }

    /// The same of packages, triggers or rules.
    public List<EntityDocument> byName(List<EntityDocument> rows) {
        return sorted(rows, (a, b) -> lowerCase(a.name()).compareTo(lowerCase(b.name())));
    }

    public void actions(List<ActionDocument> actions) {
        header("actions");
        ordered(actions).forEach(each -> row(each.namespace(), each.name(), "private " + each.kind()));
    }

    public void packages(List<EntityDocument> packages) {
        header("packages");
        byName(packages)
                .forEach(each -> row(each.namespace(), each.name(), each.isShared() ? out.green("shared") : "private"));
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
                                + status(each.status().orElse(""))));
    }

    private String status(String status) {
        return switch (status) {
            case "active" -> out.green(status);
            case "inactive" -> out.yellow(status);
            default -> status;
        };
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

    /// Actions of the default package first, then by package and name. The comparators of `Comparator.comparing` are
    /// made anew by each process, which takes 10 ms of a command's start.
    private static int compareActions(ActionDocument a, ActionDocument b) {
        int byPlace = Boolean.compare(isInPackage(a), isInPackage(b));
        return byPlace != 0 ? byPlace : sortName(a).compareTo(sortName(b));
    }

    private static String sortName(ActionDocument action) {
        return isInPackage(action) ? lowerCase(action.namespace() + action.name()) : action.name();
    }

    private static boolean isInPackage(ActionDocument action) {
        return action.namespace().contains("/");
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private <T> List<T> sorted(List<T> rows, Comparator<T> order) {
        return sortsByName ? rows.stream().sorted(order).toList() : rows;
    }
}
