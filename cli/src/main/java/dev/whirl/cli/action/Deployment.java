package dev.whirl.cli.action;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ActionDocument;
import dev.whirl.client.ActionExec;
import dev.whirl.client.ActionUpdate;
import dev.whirl.client.ApiErrorException;
import dev.whirl.client.KeyValues;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.WhirlClient;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.json.RawJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes out of a command line what is sent to create or update an action.
final class Deployment {
    private final Session session;
    private final ActionFlags flags;
    private final QualifiedName name;
    private final @Nullable String artifact;

    /// @param artifact the argument after the name: a file, an action to copy or a list of actions; null if there is
    /// none
    Deployment(Session session, ActionFlags flags, QualifiedName name, @Nullable String artifact) {
        this.session = session;
        this.flags = flags;
        this.name = name;
        this.artifact = artifact;
    }

    /// What creates the action.
    ActionUpdate creation() {
        return explained(() -> {
            if (artifact == null && !flags.hasImage()) {
                throw CliException.usage(ActionFlags.ARTIFACT_REQUIRED);
            }
            return update(null, List.of());
        });
    }

    /// What changes the action.
    ActionUpdate change(List<String> removedAnnotations) {
        return explained(() -> update(flags.webSecure() == null ? null : existing(), removedAnnotations));
    }

    private ActionUpdate update(@Nullable ActionDocument existing, List<String> removedAnnotations) {
        ActionDocument copied = flags.isCopy() ? copied() : null;
        KeyValues annotations = flags.annotations().keyValues(folder());
        if (copied != null) {
            annotations = copied.annotations().overriddenBy(annotations);
        }
        var web = WebAnnotations.withSecret(
                WebAnnotations.withWeb(annotations, flags.web()), flags.webSecure(), existing);
        var removed = new ArrayList<>(removedAnnotations);
        removed.addAll(web.removed());
        return ActionUpdate.NOTHING
                .withExec(exec(copied))
                .withParameters(parameters(copied))
                .withAnnotations(web.values())
                .withRemovedAnnotations(removed)
                .withLimits(flags.limits());
    }

    private @Nullable ActionExec exec(@Nullable ActionDocument copied) {
        if (copied != null) {
            return new ActionExec.Copied(copied.fields().getOrDefault("exec", RawJson.NULL));
        }
        if (flags.isSequence()) {
            return new ActionExec.Sequence(components());
        }
        if (artifact == null) {
            return flags.hasImage() ? Artifact.exec(null, flags.exec()) : null;
        }
        return Artifact.exec(Artifact.readAny(folder().resolve(artifact), artifact), flags.exec());
    }

    private @Nullable KeyValues parameters(@Nullable ActionDocument copied) {
        KeyValues given = flags.parameters().keyValues(folder());
        if (copied != null) {
            return copied.parameters().overriddenBy(given);
        }
        return flags.parameters().isSet() ? given : null;
    }

    private List<String> components() {
        if (artifact == null) {
            throw CliException.usage(ActionFlags.ARTIFACT_REQUIRED);
        }
        return componentNames(artifact).stream().map(QualifiedName::toString).toList();
    }

    private List<QualifiedName> componentNames(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(component -> session.actionName(component.strip()))
                .toList();
    }

    /// Sends it. A sequence that was refused because of a component is told with the actions that
    /// are nearly called so.
    ///
    /// @param update what creates or changes the action
    void put(ActionUpdate update, boolean mayReplace) {
        try {
            session.call(
                    "Unable to create action '%s'".formatted(name.entityName()),
                    client -> client.actions().put(name, update, mayReplace));
        } catch (CliException e) {
            if (artifact != null && flags.isSequence() && isMissing(e)) {
                throw session.withNearest(e, Collection.ACTIONS, componentNames(artifact));
            }
            throw e;
        }
    }

    /// OpenWhisk answers 404 or 400 for a component that is not there.
    private static boolean isMissing(CliException failure) {
        return failure.exitCode() == ExitCodes.ofStatus(404)
                || (failure.exitCode() == ExitCodes.ofStatus(400)
                        && String.valueOf(failure.getMessage()).contains("does not exist"));
    }

    private ActionDocument copied() {
        if (artifact == null) {
            throw CliException.usage(ActionFlags.ARTIFACT_REQUIRED);
        }
        QualifiedName source = session.actionName(artifact);
        return session.callFor(
                source,
                Collection.ACTIONS,
                "Unable to get action '%s'".formatted(source.entityName()),
                client -> client.actions().get(source, true));
    }

    private @Nullable ActionDocument existing() {
        return session.<Optional<ActionDocument>>call(
                        "Unable to get action '%s'".formatted(name.entityName()), this::find)
                .orElse(null);
    }

    private Optional<ActionDocument> find(WhirlClient client) {
        try {
            return Optional.of(client.actions().get(name, false));
        } catch (ApiErrorException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Path folder() {
        return session.surroundings().workingFolder();
    }

    private static ActionUpdate explained(Supplier<ActionUpdate> work) {
        try {
            return work.get();
        } catch (CliException e) {
            throw e.within("Invalid argument(s). ");
        }
    }
}
