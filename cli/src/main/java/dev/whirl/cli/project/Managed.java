package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.EntityKey.Kind;
import dev.whirl.cli.project.Owners.Owned;
import dev.whirl.client.ActionDocument;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.KeyValues;
import dev.whirl.client.LimitsUpdate;
import dev.whirl.client.Page;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.WhirlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads what of a namespace belongs to which project: it carries the annotation `whisk-managed` with the project's
/// name (row L-41).
record Managed(Session session, String namespace) {
    private static final int PAGE = 200;

    /// Far above what a namespace holds; a server that gives the same page for ever is left.
    private static final int MOST = 100_000;

    static CliException unknown(String projectName) {
        return CliException.general("There is no project '%s' in this namespace".formatted(projectName));
    }

    /// The real name of the namespace, as far as the server tells.
    String realNamespace() {
        if (!namespace.equals("_")) {
            return namespace;
        }
        return session.call("Unable to ask for the namespace", WhirlClient::namespaces).stream()
                .findFirst()
                .orElse(namespace);
    }

    /// Who owns what in the namespace.
    Owners owners() {
        var all = new ArrayList<Owned>();
        for (EntityDocument each : packages()) {
            boolean isBinding = each.binding().isPresent();
            all.add(owned(isBinding ? Kind.BINDING : Kind.PACKAGE, each));
        }
        for (ActionDocument each : actions()) {
            boolean isSequence = each.kind().equals("sequence");
            Kind kind = isSequence ? Kind.SEQUENCE : Kind.ACTION;
            all.add(owned(kind, each.qualifiedName(), each.annotations(), each.limits()));
        }
        triggers().forEach(each -> all.add(owned(Kind.TRIGGER, each)));
        rules().forEach(each -> all.add(owned(Kind.RULE, each)));
        all.sort((a, b) -> a.key().kind().compareTo(b.key().kind()));
        return new Owners(all);
    }

    private Owned owned(Kind kind, EntityDocument document) {
        var name = new QualifiedName(namespace, null, document.name());
        return owned(kind, name, document.annotations(), LimitsUpdate.NOTHING);
    }

    private Owned owned(Kind kind, QualifiedName name, KeyValues annotations, LimitsUpdate limits) {
        Mark mark = Mark.of(annotations).orElse(null);
        return new Owned(new EntityKey(kind, name).in(namespace), mark, annotations, limits);
    }

    /// A package or binding as its list has it: who asks for a binding itself is told of the package
    /// that it is of, which may be gone or not public.
    Optional<EntityDocument> packageRow(String name) {
        return packages().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    private List<EntityDocument> packages() {
        return pages(page -> session.call(
                "Unable to list packages", client -> client.packages().list(namespace, page)));
    }

    private List<ActionDocument> actions() {
        return pages(page -> session.call(
                "Unable to list actions", client -> client.actions().list(namespace, page)));
    }

    private List<EntityDocument> triggers() {
        return pages(page -> session.call(
                "Unable to list triggers", client -> client.triggers().list(namespace, page)));
    }

    private List<EntityDocument> rules() {
        return pages(page ->
                session.call("Unable to list rules", client -> client.rules().list(namespace, page)));
    }

    /// All pages of a list.
    private static <T> List<T> pages(Function<Page, List<T>> list) {
        var all = new ArrayList<T>();
        List<T> part = list.apply(new Page(PAGE, 0));
        while (!part.isEmpty()) {
            all.addAll(part);
            part = part.size() < PAGE || all.size() >= MOST ? List.of() : list.apply(new Page(PAGE, all.size()));
        }
        return all;
    }
}
