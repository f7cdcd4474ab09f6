package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Nearest;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.EntityKey.Kind;
import dev.whirl.cli.project.Questions.Found;
import dev.whirl.cli.project.manifest.Manifest.Dependency;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import dev.whirl.client.ActionDocument;
import dev.whirl.client.ActionExec;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.WhirlClient;
import dev.whirl.model.entity.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks whether a manifest fits together before anything is changed: the kinds of its actions, and every package,
/// action and trigger that it names. What it does not describe itself is asked of the server. For one deployment.
final class ServerCheck {
    private final Questions questions;
    private final ProjectNames names;
    private final Map<QualifiedName, Step.PutAction> actions = new HashMap<>();
    private final Set<QualifiedName> triggers = new HashSet<>();
    private final Set<QualifiedName> packages = new HashSet<>();
    private final Map<QualifiedName, QualifiedName> bindings = new HashMap<>();
    private final Set<EntityKey> leaving = new HashSet<>();
    private final Map<QualifiedName, Found<ActionDocument>> askedActions = new HashMap<>();
    private final Map<QualifiedName, Found<EntityDocument>> askedPackages = new HashMap<>();
    private @Nullable List<String> kinds;

    /// @param leaving what is on the server and is taken away by the same deployment
    ServerCheck(Session session, ProjectNames names, List<Step> steps, List<EntityKey> leaving) {
        this.questions = new Questions(session);
        this.names = names;
        leaving.forEach(key -> this.leaving.add(key.asPlace()));
        for (Step each : steps) {
            switch (each) {
                case Step.PutAction action -> actions.put(action.action().name(), action);
                case Step.PutTrigger trigger -> triggers.add(trigger.name());
                case Step.Bind(var target, var name, var _) -> bindings.put(name, target);
                case Step.PutPackage(var name, var _, var _) -> packages.add(name);
                case Step.PutRule _, Step.PutApi _, Step.PutApiDocument _ -> {
                    // nothing else names them
                }
            }
        }
    }

    /// Looks at everything.
    ///
    /// @return why not everything could be asked, if so
    /// @throws CliException with the place of what cannot be deployed
    Optional<String> check(List<ProjectPart> parts) {
        for (ProjectPart part : parts) {
            part.manifest().packages().forEach(this::check);
        }
        return questions.silence();
    }

    private void check(ManifestPackage place) {
        place.dependencies().forEach((name, dependency) -> {
            if (dependency instanceof Dependency.Bound(var location, var _, var where)) {
                requirePackage(names.plain(location), where + "dependency '" + name + "': ");
            }
        });
        place.actions().forEach((name, action) -> requireKind(names.action(place, name), action));
        place.events().sequences().forEach((name, sequence) -> {
            String about = sequence.where() + "sequence '" + name + "': ";
            sequence.components().forEach(component -> action(names.action(place, component), about));
        });
        place.events().triggers().forEach((name, trigger) -> {
            if (trigger.feed() != null) {
                action(names.action(place, trigger.feed()), trigger.where() + "trigger '" + name + "': ");
            }
        });
        place.events().rules().forEach((name, rule) -> {
            String about = rule.where() + "rule '" + name + "': ";
            requireTrigger(names.plain(rule.trigger()), about);
            action(names.action(place, rule.action()), about);
        });
        place.events()
                .apis()
                .forEach(api -> requireWebAction(
                        names.action(place, api.action()), api.where() + "API '" + api.name() + "': "));
    }

    private void requireKind(QualifiedName name, ManifestAction action) {
        Step.PutAction step = actions.get(name);
        if (step == null || !(step.update().exec() instanceof ActionExec.Code code)) {
            return;
        }
        if (kinds == null) {
            List<String> told = questions.ask(WhirlClient::kinds).value();
            kinds = told == null ? List.of() : told;
        }
        if (!kinds.isEmpty() && !kinds.contains(code.kind().strip().toLowerCase(Locale.ROOT))) {
            throw CliException.usage("%saction '%s': the server has no kind '%s'; it has %s"
                    .formatted(action.where(), name.entityName(), code.kind(), String.join(", ", kinds)));
        }
    }

    private void requireTrigger(QualifiedName written, String about) {
        QualifiedName name = own(written);
        if (triggers.contains(name)) {
            return;
        }
        requireStaying(new EntityKey(Kind.TRIGGER, name), about);
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
            case TRIGGERS -> triggers.stream();
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
        if (actions.containsKey(name)) {
            return null;
        }
        requireStaying(new EntityKey(Kind.ACTION, name), about);
        Found<ActionDocument> found = askedActions.computeIfAbsent(
                name, _ -> questions.ask(client -> client.actions().get(name, false)));
        requireUsable(found, about, Collection.ACTIONS, written);
        ActionDocument there = found.value();
        if (there != null) {
            requireStaying(new EntityKey(Kind.ACTION, own(there.qualifiedName())), about);
        }
        return there;
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
        boolean isOurs = actions.containsKey(here)
                || triggers.contains(here)
                || packages.contains(here)
                || bindings.containsKey(here)
                || leaving.stream().anyMatch(key -> key.name().equals(here));
        return isOurs && isSame(name.namespace(), names.namespace()) ? here : name;
    }

    private boolean isSame(String namespace, String other) {
        return questions.realNamespace(namespace).equals(questions.realNamespace(other));
    }
}
