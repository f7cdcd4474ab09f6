package dev.whirl.cli.project;

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

    /// Everything that belongs to a project, in the order in which it would be deployed.
    List<EntityKey> entities(String projectName) {
        var keys = new ArrayList<EntityKey>();
        for (EntityDocument each : packages()) {
            boolean isBinding = each.binding().isPresent();
            add(keys, projectName, each.annotations(), isBinding ? Kind.BINDING : Kind.PACKAGE, name(each));
        }
        for (ActionDocument each : actions()) {
            boolean isSequence = each.kind().equals("sequence");
            add(keys, projectName, each.annotations(), isSequence ? Kind.SEQUENCE : Kind.ACTION, each.qualifiedName());
        }
        triggers().forEach(each -> add(keys, projectName, each.annotations(), Kind.TRIGGER, name(each)));
        rules().forEach(each -> add(keys, projectName, each.annotations(), Kind.RULE, name(each)));
        keys.sort((a, b) -> a.kind().compareTo(b.kind()));
        return keys;
    }

    private void add(List<EntityKey> keys, String projectName, KeyValues annotations, Kind kind, QualifiedName name) {
        boolean isOurs = annotations
                .find(ANNOTATION)
                .flatMap(mark -> mark.field("projectName"))
                .flatMap(RawJson::asText)
                .filter(projectName::equals)
                .isPresent();
        if (isOurs) {
            keys.add(new EntityKey(kind, name).in(namespace));
        }
    }

    private List<EntityDocument> packages() {
        return all(page -> session.call(
                "Unable to list packages", client -> client.packages().list(namespace, page)));
    }

    private List<ActionDocument> actions() {
        return all(page -> session.call(
                "Unable to list actions", client -> client.actions().list(namespace, page)));
    }

    private List<EntityDocument> triggers() {
        return all(page -> session.call(
                "Unable to list triggers", client -> client.triggers().list(namespace, page)));
    }

    private List<EntityDocument> rules() {
        return all(page ->
                session.call("Unable to list rules", client -> client.rules().list(namespace, page)));
    }

    /// All pages of a list.
    private static <T> List<T> all(Function<Page, List<T>> list) {
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
