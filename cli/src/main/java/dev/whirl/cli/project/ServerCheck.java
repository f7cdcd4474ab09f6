package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import dev.whirl.client.ActionDocument;
import dev.whirl.client.ActionExec;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.WhirlClient;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Looks whether a manifest fits together before anything is changed: the kinds of its actions, and every action and
/// trigger that it names. What it does not describe itself is asked of the server. For one deployment.
final class ServerCheck {
    private final Session session;
    private final ProjectNames names;
    private final Map<QualifiedName, Step.PutAction> actions = new HashMap<>();
    private final Set<QualifiedName> triggers = new HashSet<>();
    private final Map<QualifiedName, QualifiedName> bindings = new HashMap<>();
    private final Map<QualifiedName, Found<ActionDocument>> askedActions = new HashMap<>();
    private @Nullable List<String> kinds;
    private @Nullable String ownNamespace;
    private @Nullable CliException silence;

    /// What the server says about something.
    ///
    /// @param value null if it is not there, or nobody knows
    private record Found<T>(@Nullable T value, boolean isMissing) {}

    ServerCheck(Session session, ProjectNames names, List<Step> steps) {
        this.session = session;
        this.names = names;
        for (Step each : steps) {
            switch (each) {
                case Step.PutAction action -> actions.put(action.action().name(), action);
                case Step.PutTrigger trigger -> triggers.add(trigger.name());
                case Step.Bind(var target, var name, var _) -> bindings.put(name, target);
                case Step.PutPackage _, Step.PutRule _, Step.PutApi _ -> {
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
        return Optional.ofNullable(silence).map(Throwable::getMessage);
    }

    private void check(ManifestPackage place) {
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
            List<String> told = ask(WhirlClient::kinds).value();
            kinds = told == null ? List.of() : told;
        }
        if (!kinds.isEmpty() && !kinds.contains(code.kind().strip().toLowerCase(Locale.ROOT))) {
            throw CliException.usage("%saction '%s': the server has no kind '%s'; it has %s"
                    .formatted(action.where(), name.entityName(), code.kind(), String.join(", ", kinds)));
        }
    }

    private void requireTrigger(QualifiedName written, String about) {
        QualifiedName name = own(written);
        if (!triggers.contains(name)
                && ask(client -> client.triggers().get(name)).isMissing()) {
            throw missing(about, "trigger", written);
        }
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
        Found<ActionDocument> found = askedActions.computeIfAbsent(
                name, _ -> ask(client -> client.actions().get(name, false)));
        if (found.isMissing()) {
            throw missing(about, "action", written);
        }
        return found.value();
    }

    private static CliException missing(String about, String noun, QualifiedName name) {
        return CliException.usage("%sthere is no %s '%s', neither in the manifest nor on the server"
                .formatted(about, noun, name.entityName()));
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
        boolean isDescribed = actions.containsKey(here) || triggers.contains(here);
        return isDescribed && real(name.namespace()).equals(real(names.namespace())) ? here : name;
    }

    private String real(String namespace) {
        if (!namespace.equals("_")) {
            return namespace;
        }
        if (ownNamespace == null) {
            List<String> told = ask(WhirlClient::namespaces).value();
            ownNamespace = told == null || told.isEmpty() ? "_" : told.getFirst();
        }
        return ownNamespace;
    }

    /// Who cannot be asked once is not asked again: each time may take long.
    private <T> Found<T> ask(Function<WhirlClient, T> question) {
        if (silence != null) {
            return new Found<>(null, false);
        }
        try {
            return new Found<>(session.call("Unable to ask the server", question), false);
        } catch (CliException e) {
            if (e.exitCode() <= ExitCodes.NETWORK || e.exitCode() == ExitCodes.ofStatus(401)) {
                silence = e;
            }
            return new Found<>(null, Undeployer.isNotThere(e));
        }
    }
}
