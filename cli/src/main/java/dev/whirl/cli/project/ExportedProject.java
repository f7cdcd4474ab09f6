package dev.whirl.cli.project;

import dev.whirl.cli.action.CodeFile;
import dev.whirl.cli.action.CodeFile.Code;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.output.JsonIndent;
import dev.whirl.cli.project.Owners.Owned;
import dev.whirl.cli.project.manifest.InputWriter;
import dev.whirl.cli.project.manifest.Manifest;
import dev.whirl.cli.project.manifest.Variables;
import dev.whirl.cli.trigger.Feed;
import dev.whirl.client.ActionDocument;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.KeyValues;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A deployed project on its way back to a manifest.
final class ExportedProject {
    /// Annotations that the manifest says otherwise, or that the platform sets itself.
    private static final Set<String> NOT_WRITTEN = Set.of(Mark.ANNOTATION, Feed.ANNOTATION, "binding");

    /// The same of actions.
    private static final Set<String> NOT_WRITTEN_OF_ACTIONS = Set.of("exec", "web-export", "raw-http");

    /// The parameter of a sequence that the server sets itself (row R-65).
    private static final String COMPONENTS = "_actions";

    /// An interval begins when it is made, if nobody says when (row F-5).
    private static final String BEGIN = "startDate";

    private static final String API_DOCUMENT = "apis/openapi.json";

    private static final List<Limit> LIMITS = List.of(
            new Limit("timeout", "timeout"),
            new Limit("memory", "memorySize"),
            new Limit("logs", "logSize"),
            new Limit("concurrency", "concurrency"));

    private final Session session;
    private final String projectName;
    private final List<Owned> entities;
    private final SequencedMap<String, SequencedMap<String, SequencedMap<String, RawJson>>> packages =
            new LinkedHashMap<>();
    private final Map<String, KeyValues> packageParameters = new HashMap<>();
    private final List<ExportedFile> files = new ArrayList<>();

    /// How a limit is called by the server and in a manifest.
    private record Limit(String field, String key) {}

    /// @param name relative to the manifest, in a folder below it
    @SuppressWarnings("ArrayRecordComponent") // a value on its way, never compared
    record ExportedFile(String name, byte[] bytes) {
        static ExportedFile of(String name, RawJson document) {
            return new ExportedFile(name, (JsonIndent.indented(document) + "\n").getBytes(StandardCharsets.UTF_8));
        }

        /// Where it lies, relative to the manifest.
        String folder() {
            return name.substring(0, name.lastIndexOf('/'));
        }
    }

    ExportedProject(Session session, String projectName, List<Owned> entities) {
        this.session = session;
        this.projectName = projectName;
        this.entities = List.copyOf(entities);
    }

    /// Reads everything and writes the manifest's document.
    RawJson manifest() {
        entities.forEach(this::add);
        entities.forEach(this::addDependencies);
        var project = new LinkedHashMap<String, RawJson>();
        project.put("name", RawJson.string(projectName));
        var gateway = new ExportedGateway(session, operations());
        gateway.document()
                .ifPresentOrElse(
                        document -> {
                            project.put("config", RawJson.string(API_DOCUMENT));
                            files.add(ExportedFile.of(API_DOCUMENT, document));
                        },
                        () -> gateway.apis()
                                .forEach((place, apis) -> section(place, "apis").putAll(apis.fields())));
        project.put("packages", RawJson.object(shownPackages()));
        return Variables.escaped(RawJson.object("project", RawJson.object(project)));
    }

    private SequencedMap<String, RawJson> shownPackages() {
        var shown = new LinkedHashMap<String, RawJson>();
        packages.forEach((name, sections) -> {
            var fields = new LinkedHashMap<String, RawJson>();
            sections.forEach((section, children) -> {
                if (section.isEmpty()) {
                    fields.putAll(children);
                } else {
                    fields.put(section, RawJson.object(children));
                }
            });
            shown.put(name, RawJson.object(fields));
        });
        return shown;
    }

    /// The files that the manifest names.
    List<ExportedFile> files() {
        return List.copyOf(files);
    }

    private void add(Owned owned) {
        EntityKey key = owned.key();
        QualifiedName name = key.name();
        switch (key.kind()) {
            case PACKAGE ->
                addPackage(
                        name,
                        session.call(
                                "Unable to read " + key,
                                client -> client.packages().get(name)));
            case BINDING ->
                addBinding(
                        owned,
                        session.call(
                                "Unable to read " + key,
                                client -> client.packages().get(name)));
            case ACTION ->
                addAction(
                        name,
                        session.call(
                                "Unable to read " + key,
                                client -> client.actions().get(name, true)));
            case SEQUENCE ->
                addSequence(
                        name,
                        session.call(
                                "Unable to read " + key,
                                client -> client.actions().get(name, false)));
            case TRIGGER ->
                addTrigger(
                        owned,
                        session.call(
                                "Unable to read " + key,
                                client -> client.triggers().get(name)));
            case RULE ->
                addRule(
                        name,
                        session.call(
                                "Unable to read " + key,
                                client -> client.rules().get(name)));
        }
    }

    /// What the marks of packages, and of what lies in none, tell of the gateway.
    private SequencedMap<ApiOperation, String> operations() {
        var told = new LinkedHashMap<ApiOperation, String>();
        entities.forEach(owned ->
                mark(owned).ifPresent(mark -> mark.apis().forEach(api -> told.putIfAbsent(api, place(owned)))));
        return told;
    }

    /// The repositories that were fetched for a package, or for what lies in none.
    private void addDependencies(Owned owned) {
        mark(owned).map(new ExportedDependencies(session)::of).ifPresent(dependencies -> {
            if (!dependencies.isEmpty()) {
                section(place(owned), "dependencies").putAll(dependencies);
            }
        });
    }

    private static Optional<Mark> mark(Owned owned) {
        return Optional.ofNullable(owned.mark());
    }

    /// The package in whose place of the manifest something stands.
    private static String place(Owned owned) {
        QualifiedName name = owned.key().name();
        return owned.key().kind() == EntityKey.Kind.PACKAGE ? name.name() : packageOf(name);
    }

    private void addPackage(QualifiedName name, EntityDocument document) {
        packageParameters.put(name.name(), document.parameters());
        var fields = section(name.name(), "");
        if (document.isShared()) {
            fields.put("public", RawJson.TRUE);
        }
        fields.putAll(values(document.parameters(), document.annotations()));
    }

    private void addBinding(Owned owned, EntityDocument document) {
        var fields = new LinkedHashMap<String, RawJson>();
        String own = document.namespace();
        document.binding().ifPresent(target -> fields.put("location", RawJson.string(portable(target, own))));
        KeyValues parameters = new ExportedBinding(session, document, owned.mark()).ownParameters();
        fields.putAll(values(parameters, document.annotations()));
        section(Manifest.DEFAULT_PACKAGE, "dependencies").put(owned.key().name().name(), RawJson.object(fields));
    }

    private void addAction(QualifiedName name, ActionDocument document) {
        var fields = new LinkedHashMap<String, RawJson>();
        addCode(fields, name, document);
        web(document.annotations()).ifPresent(mode -> fields.put("web", RawJson.string(mode)));
        fields.putAll(values(ownParameters(name, document), ofAction(document.annotations())));
        limits(document).ifPresent(limits -> fields.put("limits", limits));
        section(packageOf(name), "actions").put(name.name(), RawJson.object(fields));
    }

    /// The server shows an action with its package's parameters, which are the package's to write.
    private KeyValues ownParameters(QualifiedName name, ActionDocument document) {
        KeyValues inherited = packageParameters.getOrDefault(packageOf(name), KeyValues.NONE);
        KeyValues own = document.parameters();
        for (String key : own.keys()) {
            if (own.find(key).equals(inherited.find(key))) {
                own = own.without(key);
            }
        }
        return own;
    }

    private void addCode(Map<String, RawJson> fields, QualifiedName name, ActionDocument document) {
        Map<String, RawJson> exec = document.exec();
        if (exec.containsKey("image")) {
            fields.put("docker", exec.get("image"));
        } else {
            fields.put("runtime", RawJson.string(document.kind()));
        }
        Optional.ofNullable(exec.get("main")).ifPresent(main -> fields.put("main", main));
        Code.of(document).ifPresent(code -> {
            String file = CodeFile.fileName(packageOf(name)) + "/" + CodeFile.fileName(name.name() + code.suffix());
            files.add(new ExportedFile(file, code.bytes()));
            fields.put("function", RawJson.string(file));
        });
    }

    private void addSequence(QualifiedName name, ActionDocument document) {
        var fields = new LinkedHashMap<String, RawJson>();
        String components = document.exec().getOrDefault("components", RawJson.EMPTY_ARRAY).elements().stream()
                .map(each -> portable(session.name(each.asText().orElse("")), document.namespace()))
                .collect(Collectors.joining(","));
        fields.put("actions", RawJson.string(components));
        web(document.annotations()).ifPresent(mode -> fields.put("web", RawJson.string(mode)));
        KeyValues parameters = ownParameters(name, document).without(COMPONENTS);
        fields.putAll(values(parameters, ofAction(document.annotations())));
        section(packageOf(name), "sequences").put(name.name(), RawJson.object(fields));
    }

    private void addTrigger(Owned owned, EntityDocument document) {
        QualifiedName name = owned.key().name();
        var fields = new LinkedHashMap<String, RawJson>();
        Optional<Feed> feed = Feed.of(session, name, document);
        feed.ifPresent(source -> fields.put("feed", RawJson.string(portable(source.name(), document.namespace()))));
        KeyValues inputs = feed.isPresent() ? given(owned, told(feed.get())) : document.parameters();
        fields.putAll(values(inputs, document.annotations()));
        section(Manifest.DEFAULT_PACKAGE, "triggers").put(name.name(), RawJson.object(fields));
    }

    /// What the feed was given for the trigger. Only the feed knows.
    private KeyValues told(Feed feed) {
        Optional<KeyValues> parameters = feed.parameters(session);
        if (parameters.isEmpty()) {
            session.err()
                    .warning("the feed %s does not tell the parameters of trigger [%s]: add them to the manifest"
                            .formatted(feed.name(), feed.trigger().entityName()));
        }
        return parameters.orElse(KeyValues.NONE);
    }

    /// What a feed tells, without what it made up because it was not given.
    private static KeyValues given(Owned owned, KeyValues told) {
        Mark mark = owned.mark();
        List<String> given = mark == null ? null : mark.inputs();
        boolean isMadeUp = given != null && !given.contains(BEGIN);
        return isMadeUp ? told.without(BEGIN) : told;
    }

    private void addRule(QualifiedName name, EntityDocument document) {
        var fields = new LinkedHashMap<String, RawJson>();
        document.trigger().ifPresent(trigger -> fields.put("trigger", RawJson.string(trigger.name())));
        document.action()
                .ifPresent(action -> fields.put("action", RawJson.string(portable(action, document.namespace()))));
        fields.putAll(values(KeyValues.NONE, document.annotations()));
        section(Manifest.DEFAULT_PACKAGE, "rules").put(name.name(), RawJson.object(fields));
    }

    private SequencedMap<String, RawJson> section(String packageName, String section) {
        return packages.computeIfAbsent(packageName, _ -> new LinkedHashMap<>())
                .computeIfAbsent(section, _ -> new LinkedHashMap<>());
    }

    /// A name that means the same in whatever namespace the manifest is deployed to: what lies in the namespace that
    /// it is exported from is written without it.
    ///
    /// @param own that namespace, maybe with a package after it
    static String portable(QualifiedName name, String own) {
        boolean isOwn = name.namespace().equals("_") || name.namespace().equals(own.split("/", 2)[0]);
        if (!isOwn) {
            return name.toString();
        }
        return name.packageName() == null ? "/_/" + name.name() : name.entityName();
    }

    private static String packageOf(QualifiedName name) {
        return name.packageName() == null ? Manifest.DEFAULT_PACKAGE : name.packageName();
    }

    /// What every action has unless somebody chose otherwise, and what web actions have with `web`,
    /// is not written.
    private static KeyValues ofAction(KeyValues annotations) {
        KeyValues written = without(annotations, NOT_WRITTEN_OF_ACTIONS);
        if (!annotations.isTrue("provide-api-key")) {
            written = written.without("provide-api-key");
        }
        boolean isFinal = annotations.isTrue("final") && !annotations.isTrue("web-export");
        return isFinal ? written : written.without("final");
    }

    private static KeyValues without(KeyValues values, Set<String> keys) {
        KeyValues rest = values;
        for (String key : keys) {
            rest = rest.without(key);
        }
        return rest;
    }

    private static SequencedMap<String, RawJson> values(KeyValues parameters, KeyValues annotations) {
        var fields = new LinkedHashMap<String, RawJson>();
        putInputs(fields, parameters);
        KeyValues written = without(annotations, NOT_WRITTEN);
        put(fields, "annotations", written.keys(), key -> value(written, key));
        return fields;
    }

    static void putInputs(Map<String, RawJson> fields, KeyValues parameters) {
        put(
                fields,
                "inputs",
                parameters.keys(),
                key -> InputWriter.written(value(parameters, key), parameters.isForInit(key)));
    }

    private static void put(
            Map<String, RawJson> fields, String section, List<String> keys, Function<String, RawJson> value) {
        if (!keys.isEmpty()) {
            var children = new LinkedHashMap<String, RawJson>();
            keys.forEach(key -> children.put(Variables.escaped(key), value.apply(key)));
            fields.put(section, RawJson.object(children));
        }
    }

    private static RawJson value(KeyValues values, String key) {
        return values.find(key).orElse(RawJson.NULL);
    }

    /// What `web` says; nothing if nobody ever said it, or if its `false` would say more than what is there.
    private static Optional<String> web(KeyValues annotations) {
        if (!annotations.isTrue("web-export")) {
            return annotations
                    .find("web-export")
                    .filter(_ -> !annotations.isTrue("final"))
                    .map(_ -> "false");
        }
        return Optional.of(annotations.isTrue("raw-http") ? "raw" : "true");
    }

    private static Optional<RawJson> limits(ActionDocument document) {
        Map<String, RawJson> given =
                document.fields().getOrDefault("limits", RawJson.EMPTY_OBJECT).fields();
        var limits = new LinkedHashMap<String, RawJson>();
        LIMITS.forEach(limit -> {
            if (given.containsKey(limit.field())) {
                limits.put(limit.key(), given.getOrDefault(limit.field(), RawJson.NULL));
            }
        });
        return limits.isEmpty() ? Optional.empty() : Optional.of(RawJson.object(limits));
    }
}
