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

    private Planner(ProjectNames names, ProjectPart part, @Nullable Marks marks) {
        this.names = names;
        this.part = part;
        this.marks = marks;
    }

    /// The steps of a project and of all that it depends on.
    ///
    /// @param marks what everything that is deployed is marked with; null for none
    static List<Step> steps(List<ProjectPart> parts, ProjectNames names, @Nullable Marks marks) {
        return parts.stream()
                .flatMap(part -> new Planner(names, part, marks).steps(part.manifest()).stream())
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
        var steps = new ArrayList<Step>();
        manifest.packages().forEach(each -> addPackage(steps, each));
        manifest.packages()
                .forEach(place -> place.actions().forEach((name, action) -> steps.add(step(place, name, action))));
        manifest.packages()
                .forEach(place ->
                        SequenceOrder.of(place).forEach((name, sequence) -> steps.add(step(place, name, sequence))));
        manifest.packages()
                .forEach(place ->
                        place.events().triggers().forEach((name, trigger) -> steps.add(step(place, name, trigger))));
        manifest.packages()
                .forEach(place -> place.events().rules().forEach((name, rule) -> steps.add(step(place, name, rule))));
        manifest.packages().forEach(place -> place.events().apis().forEach(api -> steps.add(step(names, place, api))));
        if (part.apiDocument() != null) {
            steps.add(part.apiDocument());
        }
        return steps;
    }

    private void addPackage(List<Step> steps, ManifestPackage place) {
        if (!place.isDefault()) {
            KeyValues annotations = marked(place, place.values().annotations(), true);
            var update = new EntityUpdate(parameters(place.values()), annotations);
            steps.add(new Step.PutPackage(names.plain(place.name()), update, place.isShared()));
        }
        place.dependencies().forEach((name, dependency) -> {
            switch (dependency) {
                case Dependency.Bound(var location, var values, var where) ->
                    steps.add(placed(
                            where + "dependency '" + name + "': ",
                            () -> new Step.Bind(names.plain(location), names.plain(name), update(place, values))));
                case Dependency.Fetched fetched ->
                    throw new IllegalStateException("not fetched: " + fetched.repository());
            }
        });
    }

    private Step step(ManifestPackage place, String name, ManifestAction action) {
        var key = new EntityKey(Kind.ACTION, names.action(place, name));
        try {
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
            return new Step.PutAction(key, update, about(exec));
        } catch (CliException e) {
            throw e.within(action.where() + "action '" + key.name().entityName() + "': ");
        }
    }

    private Step step(ManifestPackage place, String name, ManifestRule rule) {
        return placed(rule.where() + "rule '" + name + "': ", () -> {
            QualifiedName action = names.action(place, rule.action());
            return new Step.PutRule(
                    names.plain(name), names.plain(rule.trigger()), action, marked(place, rule.annotations()));
        });
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
        return placed(sequence.where() + "sequence '" + name + "': ", () -> step(key, place, sequence));
    }

    private Step step(EntityKey key, ManifestPackage place, ManifestSequence sequence) {
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
        KeyValues annotations = marked(place, trigger.values().annotations());
        String feedName = trigger.feed();
        if (feedName == null) {
            var update = new EntityUpdate(parameters(trigger.values()), annotations);
            return new Step.PutTrigger(full, update, null, new LinkedHashMap<>());
        }
        return placed(
                trigger.where() + "trigger '" + name + "': ",
                () -> step(new Feed(names.action(place, feedName), full), trigger, annotations));
    }

    private static Step step(Feed feed, ManifestTrigger trigger, KeyValues annotations) {
        var update = new EntityUpdate(
                null,
                annotations.with(Feed.ANNOTATION, RawJson.string(feed.name().toString())));
        return new Step.PutTrigger(
                feed.trigger(), update, feed, trigger.values().inputs());
    }

    private EntityUpdate update(ManifestPackage place, Values values) {
        return new EntityUpdate(parameters(values), marked(place, values.annotations()));
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
