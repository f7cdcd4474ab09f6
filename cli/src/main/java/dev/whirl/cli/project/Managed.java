package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.EntityKey.Kind;
import dev.whirl.client.ActionDocument;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.KeyValues;
import dev.whirl.client.Page;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/// What of a namespace belongs to a project: it carries the annotation `whisk-managed` with the project's name (row
/// L-41).
record Managed(Session session, String namespace) {
    static final String ANNOTATION = "whisk-managed";
    private static final int PAGE = 200;

    /// Far above what a namespace holds; a server that gives the same page for ever is left.
    private static final int MOST = 100_000;

    /// The annotation.
    ///
    /// @param manifest the file's text, of which the annotation holds a hash
    static RawJson mark(String projectName, String file, String manifest) {
        return new JsonWriter()
                .startObject()
                .field("projectName", projectName)
                .field("projectHash", hash(manifest))
                .field("projectDeps", RawJson.EMPTY_ARRAY)
                .field("file", file)
                .endObject()
                .toRawJson();
    }

    static CliException unknown(String projectName) {
        return CliException.general("There is no project '%s' in this namespace".formatted(projectName));
    }

    /// Something in the namespace.
    ///
    /// @param projectName of the project that it belongs to; empty if it belongs to none
    record Owned(EntityKey key, String projectName) {}

    /// Everything that belongs to a project, in the order in which it would be deployed.
    List<EntityKey> entities(String projectName) {
        return of(projectName, all());
    }

    /// The same, of what was read before.
    static List<EntityKey> of(String projectName, List<Owned> all) {
        return all.stream()
                .filter(each -> each.projectName().equals(projectName))
                .map(Owned::key)
                .toList();
    }

    /// Everything in the namespace, in the order in which it would be deployed.
    List<Owned> all() {
        var all = new ArrayList<Owned>();
        for (EntityDocument each : packages()) {
            boolean isBinding = each.binding().isPresent();
            add(all, each.annotations(), isBinding ? Kind.BINDING : Kind.PACKAGE, name(each));
        }
        for (ActionDocument each : actions()) {
            boolean isSequence = each.kind().equals("sequence");
            add(all, each.annotations(), isSequence ? Kind.SEQUENCE : Kind.ACTION, each.qualifiedName());
        }
        triggers().forEach(each -> add(all, each.annotations(), Kind.TRIGGER, name(each)));
        rules().forEach(each -> add(all, each.annotations(), Kind.RULE, name(each)));
        all.sort((a, b) -> a.key().kind().compareTo(b.key().kind()));
        return all;
    }

    private void add(List<Owned> all, KeyValues annotations, Kind kind, QualifiedName name) {
        String projectName = annotations
                .find(ANNOTATION)
                .flatMap(mark -> mark.field("projectName"))
                .flatMap(RawJson::asText)
                .orElse("");
        all.add(new Owned(new EntityKey(kind, name).in(namespace), projectName));
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

    private QualifiedName name(EntityDocument document) {
        return new QualifiedName(namespace, null, document.name());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
