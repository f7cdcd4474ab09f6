package dev.whirl.cli.project;

import dev.whirl.cli.action.WebAnnotations;
import dev.whirl.cli.command.CliException;
import dev.whirl.cli.project.EntityKey.Kind;
import dev.whirl.cli.project.manifest.Manifest;
import dev.whirl.cli.project.manifest.Manifest.Dependency;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction;
import dev.whirl.cli.project.manifest.Manifest.ManifestApi;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import dev.whirl.cli.project.manifest.Manifest.ManifestRule;
import dev.whirl.cli.project.manifest.Manifest.ManifestSequence;
import dev.whirl.cli.project.manifest.Manifest.ManifestTrigger;
import dev.whirl.cli.project.manifest.Manifest.Values;
import dev.whirl.cli.trigger.Feed;
import dev.whirl.client.ActionExec;
import dev.whirl.client.ActionUpdate;
import dev.whirl.client.EntityUpdate;
import dev.whirl.client.KeyValues;
import dev.whirl.client.LimitsUpdate;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes out of a manifest, and the files it names, the steps that deploy it.
final class Planner {
    private final ProjectNames names;
    private final ProjectPart part;
    private final @Nullable Marks marks;
    private final Findings findings;
    private final List<Step> steps = new ArrayList<>();

    private Planner(ProjectNames names, ProjectPart part, @Nullable Marks marks, Findings findings) {
        this.names = names;
        this.part = part;
        this.marks = marks;
        this.findings = findings;
    }

    /// The steps of a project and of all that it depends on.
    ///
    /// @param marks what everything that is deployed is marked with; null for none
    /// @param findings is told what cannot become a step
    static List<Step> steps(List<ProjectPart> parts, ProjectNames names, @Nullable Marks marks, Findings findings) {
        return parts.stream()
                .flatMap(part -> new Planner(names, part, marks, findings).steps(part.manifest()).stream())
                .toList();
    }

    /// The operations that a project, and all that it depends on, add to the gateway.
    static List<ApiOperation> operations(List<ProjectPart> parts, ProjectNames names) {
        return parts.stream()
                .flatMap(part ->
                        part.manifest().packages().stream().flatMap(place -> operations(part, names, place).stream()))
                .toList();
    }

    /// The same of one package. What a document adds counts as the first one's.
    static List<ApiOperation> operations(ProjectPart part, ProjectNames names, ManifestPackage place) {
        Step.PutApiDocument document = part.apiDocument();
        boolean isFirst = part.manifest().packages().getFirst().name().equals(place.name());
        if (document != null) {
            return isFirst ? document.operations() : List.of();
        }
        return place.events().apis().stream()
                .map(api -> step(names, place, api).operation())
                .toList();
    }

    private List<Step> steps(Manifest manifest) {
        List<ManifestPackage> packages = manifest.packages();
        packages.forEach(this::addPackage);
        packages.forEach(place -> place.actions()
                .forEach((name, action) -> add(
                        action.where() + "action '" + place.entityName(name) + "': ",
                        () -> step(place, name, action))));
        SequenceOrder.of(packages)
                .forEach(each -> add(
                        each.sequence().where() + "sequence '" + each.name() + "': ",
                        () -> step(each.place(), each.name(), each.sequence())));
        packages.forEach(place -> place.events()
                .triggers()
                .forEach((name, trigger) ->
                        add(trigger.where() + "trigger '" + name + "': ", () -> step(place, name, trigger))));
        packages.forEach(place -> place.events()
                .rules()
                .forEach((name, rule) -> add(rule.where() + "rule '" + name + "': ", () -> step(place, name, rule))));
        packages.forEach(place ->
                place.events().apis().forEach(api -> findings.of(() -> steps.add(step(names, place, api)))));
        if (part.apiDocument() != null) {
            steps.add(part.apiDocument());
        }
        return steps;
    }

    /// @param where what a failure begins with
    private void add(String where, Supplier<Step> step) {
        findings.of(() -> steps.add(placed(where, step)));
    }

    private void addPackage(ManifestPackage place) {
        if (!place.isDefault()) {
            add(part.files().file().getFileName() + ": package '" + place.name() + "': ", () -> {
                KeyValues annotations = marked(place, place.values().annotations(), true);
                var update = new EntityUpdate(parameters(place.values()), annotations);
                return new Step.PutPackage(names.plain(place.name()), update, place.isShared());
            });
        }
        place.dependencies().forEach((name, dependency) -> {
            switch (dependency) {
                case Dependency.Bound(var location, var values, var where) ->
                    add(
                            where + "dependency '" + name + "': ",
                            () -> new Step.Bind(names.plain(location), names.plain(name), bound(place, values)));
                case Dependency.Fetched fetched ->
                    throw new IllegalStateException("not fetched: " + fetched.repository());
            }
        });
    }

    private Step step(ManifestPackage place, String name, ManifestAction action) {
        ActionExec exec = part.sources().exec(action);
        var limits = new LimitsUpdate(
                action.limits().timeoutMillis(),
                action.limits().memoryMebibytes(),
                action.limits().logsMebibytes(),
                action.limits().concurrency());
        KeyValues annotations =
                WebAnnotations.withWeb(marked(place, action.values().annotations()), action.web());
        ActionUpdate update = ActionUpdate.NOTHING
                .withExec(exec)
                .withParameters(parameters(action.values()))
                .withAnnotations(annotations)
                .withLimits(limits);
        return new Step.PutAction(new EntityKey(Kind.ACTION, names.action(place, name)), update, about(exec));
    }

    private Step step(ManifestPackage place, String name, ManifestRule rule) {
        QualifiedName action = names.action(place, rule.action());
        return new Step.PutRule(
                names.plain(name), names.plain(rule.trigger()), action, marked(place, rule.annotations()));
    }

    static Step.PutApi step(ProjectNames names, ManifestPackage place, ManifestApi api) {
        return placed(
                api.where() + "API '" + api.name() + "': ",
                () -> Step.PutApi.of(api, names.action(place, api.action())));
    }

    /// A failure begins with where its reason stands.
    private static <T extends Step> T placed(String where, Supplier<T> step) {
        try {
            return step.get();
        } catch (CliException e) {
            throw e.within(where);
        }
    }

    private Step step(ManifestPackage place, String name, ManifestSequence sequence) {
        var key = new EntityKey(Kind.SEQUENCE, names.action(place, name));
        List<String> components = sequence.components().stream()
                .map(component -> names.action(place, component).toString())
                .toList();
        KeyValues annotations =
                WebAnnotations.withWeb(marked(place, sequence.values().annotations()), sequence.web());
        ActionUpdate update = ActionUpdate.NOTHING
                .withExec(new ActionExec.Sequence(components))
                .withParameters(parameters(sequence.values()))
                .withAnnotations(annotations);
        return new Step.PutAction(key, update, String.join(", ", components));
    }

    private Step step(ManifestPackage place, String name, ManifestTrigger trigger) {
        QualifiedName full = names.plain(name);
        String feedName = trigger.feed();
        if (feedName == null) {
            KeyValues annotations = marked(place, trigger.values().annotations());
            var update = new EntityUpdate(parameters(trigger.values()), annotations);
            return new Step.PutTrigger(full, update, null, new LinkedHashMap<>());
        }
        var feed = new Feed(names.action(place, feedName), full);
        return step(feed, trigger, markedWithInputs(place, trigger.values()));
    }

    private static Step step(Feed feed, ManifestTrigger trigger, KeyValues annotations) {
        var update = new EntityUpdate(
                null,
                annotations.with(Feed.ANNOTATION, RawJson.string(feed.name().toString())));
        return new Step.PutTrigger(
                feed.trigger(), update, feed, trigger.values().inputs());
    }

    private EntityUpdate bound(ManifestPackage place, Values values) {
        return new EntityUpdate(parameters(values), markedWithInputs(place, values));
    }

    /// With a mark that tells what was given: a server shows bindings with what their packages have, and feeds
    /// show what they made up themselves.
    private KeyValues markedWithInputs(ManifestPackage place, Values values) {
        KeyValues annotations = keyValues(values.annotations());
        if (marks == null) {
            return annotations;
        }
        Mark mark = place.isDefault() ? marks.of(part, place) : marks.plain(part);
        Mark told = mark.given(List.copyOf(values.inputs().keySet()));
        return annotations.with(Mark.ANNOTATION, told.toJson());
    }

    private KeyValues marked(ManifestPackage place, SequencedMap<String, RawJson> annotations) {
        return marked(place, annotations, place.isDefault());
    }

    /// @param isWhole whether the mark tells what the package needs and adds to the gateway
    private KeyValues marked(ManifestPackage place, SequencedMap<String, RawJson> annotations, boolean isWhole) {
        KeyValues values = keyValues(annotations);
        if (marks == null) {
            return values;
        }
        Mark mark = isWhole ? marks.of(part, place) : marks.plain(part);
        return values.with(Mark.ANNOTATION, mark.toJson());
    }

    private static KeyValues parameters(Values values) {
        KeyValues parameters = keyValues(values.inputs());
        for (String name : values.initInputs()) {
            parameters = parameters.forInit(name);
        }
        return parameters;
    }

    private static KeyValues keyValues(SequencedMap<String, RawJson> fields) {
        KeyValues values = KeyValues.NONE;
        for (var each : fields.entrySet()) {
            values = values.with(each.getKey(), each.getValue());
        }
        return values;
    }

    private static String about(ActionExec exec) {
        return switch (exec) {
            case ActionExec.Code code -> code.kind() + ", " + code.code().length() + " characters";
            case ActionExec.Image image -> image.image();
            case ActionExec.Sequence(var components) -> String.join(", ", components);
            case ActionExec.Copied _ -> "a copy";
        };
    }
}
