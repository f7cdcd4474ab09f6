package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Nearest;
import dev.whirl.cli.project.EntityKey.Kind;
import dev.whirl.cli.project.Questions.Found;
import dev.whirl.cli.project.manifest.Manifest.Dependency;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import dev.whirl.client.ActionDocument;
import dev.whirl.client.ActionExec;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.json.RawJson;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks whether a manifest fits together before anything is changed: the kinds of its actions, and every package,
/// action and trigger that it names. What it does not describe itself is asked of the server. For one deployment.
final class ServerCheck {
    /// Actions that are asked for, also because sequences on the server contain them.
    private static final int MOST_ASKED = 1_000;

    private final Questions questions;
    private final ProjectNames names;
    private final Whereabouts whereabouts;
    private final AllowedLimits allowed;
    private final Findings findings;
    private final SequencedMap<QualifiedName, Step.PutAction> actions = new LinkedHashMap<>();
    private final Set<QualifiedName> packages = new HashSet<>();
    private final Map<QualifiedName, QualifiedName> bindings = new HashMap<>();
    private final Set<EntityKey> leaving = new HashSet<>();
    private final Map<QualifiedName, Found<ActionDocument>> askedActions = new HashMap<>();
    private final Map<QualifiedName, Found<EntityDocument>> askedPackages = new HashMap<>();

    /// @param whereabouts of all that the manifest describes, whether it could become a step or not
    /// @param findings is told what does not fit
    ServerCheck(
            Questions questions,
            ProjectNames names,
            Whereabouts whereabouts,
            AllowedLimits allowed,
            Findings findings) {
        this.questions = questions;
        this.names = names;
        this.whereabouts = whereabouts;
        this.allowed = allowed;
        this.findings = findings;
    }

    /// Looks at everything.
    ///
    /// @param leavers what is on the server and is taken away by the same deployment
    void check(List<ProjectPart> parts, List<Step> steps, List<EntityKey> leavers) {
        leavers.forEach(key -> leaving.add(key.asPlace()));
        steps.forEach(this::add);
        parts.forEach(part -> part.manifest().packages().forEach(this::check));
        var sequences = new LinkedHashMap<QualifiedName, String>();
        actions.forEach((name, step) -> {
            if (step.update().exec() instanceof ActionExec.Sequence) {
                sequences.put(name, whereabouts.of(step.action()));
            }
        });
        new SequenceCheck(this::components, allowed.sequenceLength(), findings).check(sequences);
    }

    private void add(Step step) {
        switch (step) {
            case Step.PutAction action -> actions.put(action.action().name(), action);
            case Step.Bind(var target, var name, var _) -> bindings.put(name, target);
            case Step.PutPackage(var name, var _, var _) -> packages.add(name);
            case Step.PutTrigger _, Step.PutRule _, Step.PutApi _, Step.PutApiDocument _ -> {
                // that they are described is enough
            }
        }
    }

    private void check(ManifestPackage place) {
        place.dependencies().forEach((name, dependency) -> {
            if (dependency instanceof Dependency.Bound(var location, var _, var where)) {
                String about = where + "dependency '" + name + "': ";
                require(() -> names.plain(location), target -> requirePackage(target, about));
            }
        });
        place.actions()
                .forEach((name, action) -> require(() -> names.action(place, name), full -> requireKind(full, action)));
        place.events().sequences().forEach((name, sequence) -> {
            String about = sequence.where() + "sequence '" + name + "': ";
            sequence.components()
                    .forEach(component -> require(() -> names.action(place, component), full -> action(full, about)));
        });
        place.events().triggers().forEach((name, trigger) -> {
            String feed = trigger.feed();
            if (feed != null) {
                String about = trigger.where() + "trigger '" + name + "': ";
                require(() -> names.action(place, feed), full -> action(full, about));
            }
        });
        place.events().rules().forEach((name, rule) -> {
            String about = rule.where() + "rule '" + name + "': ";
            require(() -> names.plain(rule.trigger()), full -> requireTrigger(full, about));
            require(() -> names.action(place, rule.action()), full -> action(full, about));
        });
        place.events().apis().forEach(api -> {
            String about = api.where() + "API '" + api.name() + "': ";
            require(() -> names.action(place, api.action()), full -> requireWebAction(full, about));
        });
    }

    /// @param name a name that is none is told by the planner
    private void require(Supplier<QualifiedName> name, Consumer<QualifiedName> check) {
        QualifiedName full;
        try {
            full = name.get();
        } catch (CliException _) {
            return;
        }
        findings.of(() -> check.accept(full));
    }

    private void requireKind(QualifiedName name, ManifestAction action) {
        Step.PutAction step = actions.get(name);
        if (step == null || !(step.update().exec() instanceof ActionExec.Code code)) {
            return;
        }
        List<String> kinds = allowed.kinds();
        if (!kinds.isEmpty() && !kinds.contains(code.kind().strip().toLowerCase(Locale.ROOT))) {
            throw CliException.usage("%saction '%s': the server has no kind '%s'; it has %s"
                    .formatted(action.where(), name.entityName(), code.kind(), String.join(", ", kinds)));
        }
    }

    private void requireTrigger(QualifiedName written, String about) {
        QualifiedName name = own(written);
        var key = new EntityKey(Kind.TRIGGER, name);
        if (whereabouts.describe(key)) {
            return;
        }
        requireStaying(key, about);
        var found = questions.ask(client -> client.triggers().get(name));
        requireUsable(found, about, Collection.TRIGGERS, written);
    }

    /// Requires a package that a binding can be made to.
    private void requirePackage(QualifiedName written, String about) {
        QualifiedName name = own(written);
        if (!packages.contains(name) && (bindings.containsKey(name) || isBindingOnServer(name, about))) {
            throw CliException.usage(
                    "%spackage '%s' is itself a binding, to which none can be made; name the package that it is of"
                            .formatted(about, written));
        }
    }

    private boolean isBindingOnServer(QualifiedName name, String about) {
        requireStaying(new EntityKey(Kind.PACKAGE, name), about);
        var found = askedPackages.computeIfAbsent(
                name, _ -> questions.ask(client -> client.packages().get(name)));
        requireUsable(found, about, Collection.PACKAGES, name);
        EntityDocument there = found.value();
        return there != null && there.binding().isPresent();
    }

    /// What this deployment takes away cannot be named by what it deploys.
    private void requireStaying(EntityKey key, String about) {
        if (leaving.contains(key.asPlace())) {
            throw CliException.usage("%s%s is no longer in the manifest, and is taken away".formatted(about, key));
        }
    }

    private void requireUsable(Found<?> found, String about, Collection collection, QualifiedName name) {
        String noun = collection.singular();
        String shown = collection == Collection.PACKAGES ? name.toString() : name.entityName();
        if (found.isMissing()) {
            String question = Nearest.question(nearest(collection, name));
            throw CliException.usage("%sthere is no %s '%s', neither in the manifest nor on the server%s"
                    .formatted(about, noun, shown, question.isEmpty() ? "" : "; " + question));
        }
        if (found.refusal() != null) {
            throw CliException.usage("%s%s '%s' cannot be used: %s".formatted(about, noun, shown, found.refusal()));
        }
    }

    /// What the manifest, or else the server, has that is nearly called so.
    private List<String> nearest(Collection collection, QualifiedName name) {
        Stream<QualifiedName> described = switch (collection) {
            case ACTIONS -> actions.keySet().stream();
            case TRIGGERS -> whereabouts.names(Kind.TRIGGER);
            case PACKAGES -> Stream.concat(packages.stream(), bindings.keySet().stream());
            case RULES -> Stream.empty();
        };
        List<String> ours = Nearest.names(
                name.entityName(),
                described
                        .filter(each -> each.namespace().equals(name.namespace()))
                        .map(QualifiedName::entityName)
                        .toList());
        return ours.isEmpty() ? questions.nearest(collection, name) : ours;
    }

    private void requireWebAction(QualifiedName written, String about) {
        ActionDocument there = action(written, about);
        Step.PutAction ours = actions.get(resolved(written));
        boolean isWeb =
                ours != null ? ours.update().annotations().isTrue("web-export") : there == null || there.isWebAction();
        if (!isWeb) {
            throw CliException.usage(
                    "%s'%s' is not a web action; give it 'web: true'".formatted(about, written.entityName()));
        }
    }

    /// Requires an action.
    ///
    /// @return what the server says of it; null if the manifest describes it, or nobody knows
    private @Nullable ActionDocument action(QualifiedName written, String about) {
        QualifiedName name = resolved(written);
        var key = new EntityKey(Kind.ACTION, name);
        if (whereabouts.describe(key)) {
            return null;
        }
        requireStaying(key, about);
        Found<ActionDocument> found = asked(name);
        requireUsable(found, about, Collection.ACTIONS, written);
        ActionDocument there = found.value();
        if (there != null) {
            requireStaying(new EntityKey(Kind.ACTION, own(there.qualifiedName())), about);
        }
        return there;
    }

    private Found<ActionDocument> asked(QualifiedName name) {
        return askedActions.computeIfAbsent(
                name, _ -> questions.ask(client -> client.actions().get(name, false)));
    }

    /// What a sequence contains, of the manifest or the server; nothing if it is none, or nobody knows.
    private List<QualifiedName> components(QualifiedName name) {
        Step.PutAction ours = actions.get(name);
        if (ours != null) {
            return ours.update().exec() instanceof ActionExec.Sequence(var components)
                    ? components.stream().flatMap(this::component).toList()
                    : List.of();
        }
        var key = new EntityKey(Kind.ACTION, name);
        boolean isAskable = askedActions.containsKey(name) || askedActions.size() < MOST_ASKED;
        if (!isAskable || whereabouts.describe(key) || leaving.contains(key)) {
            return List.of();
        }
        ActionDocument there = asked(name).value();
        return there == null
                ? List.of()
                : there.exec().getOrDefault("components", RawJson.EMPTY_ARRAY).elements().stream()
                        .flatMap(each -> each.asText().stream())
                        .flatMap(this::component)
                        .toList();
    }

    /// A component as sequences have it; nothing if the server gave a name that is none.
    private Stream<QualifiedName> component(String text) {
        try {
            return Stream.of(resolved(names.parsed(text)));
        } catch (CliException _) {
            return Stream.empty();
        }
    }

    /// What a name means after the bindings of the manifest.
    private QualifiedName resolved(QualifiedName written) {
        QualifiedName name = own(written);
        String place = name.packageName();
        QualifiedName target = place == null ? null : bindings.get(new QualifiedName(name.namespace(), null, place));
        return target == null ? name : own(new QualifiedName(target.namespace(), target.name(), name.name()));
    }

    /// The name as the manifest's own entities have it, if its namespace is only written otherwise.
    private QualifiedName own(QualifiedName name) {
        if (name.namespace().equals(names.namespace())) {
            return name;
        }
        var here = new QualifiedName(names.namespace(), name.packageName(), name.name());
        boolean isOurs = whereabouts.describe(here)
                || leaving.stream().anyMatch(key -> key.name().equals(here));
        return isOurs && isSame(name.namespace(), names.namespace()) ? here : name;
    }

    private boolean isSame(String namespace, String other) {
        return questions.realNamespace(namespace).equals(questions.realNamespace(other));
    }
}
