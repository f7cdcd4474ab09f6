package dev.whirl.cli.project;

import dev.whirl.cli.api.ApiFile;
import dev.whirl.cli.api.Gateway;
import dev.whirl.cli.command.Session;
import dev.whirl.client.WhirlClient;
import java.util.Optional;
import java.util.function.BiFunction;

/// Carries out steps of a deployment. Each can be repeated.
final class Deployer {
    private final Session session;
    private final Progress progress;
    private final Ownership ownership;

    /// @param ownership whose entities may be replaced
    Deployer(Session session, Progress progress, Ownership ownership) {
        this.session = session;
        this.progress = progress;
        this.ownership = ownership;
    }

    void deploy(Step step) {
        progress.info("Deploying " + step.title() + " ...");
        apply(step);
        progress.info(step.title() + " has been successfully deployed.");
    }

    private void apply(Step step) {
        switch (step) {
            case Step.PutPackage(var name, var update, var isShared) ->
                put(
                        step,
                        (client, replaces) -> client.packages()
                                .put(name, update, isShared, replaces)
                                .version());
            case Step.Bind(var target, var name, var update) ->
                put(
                        step,
                        (client, replaces) -> client.packages()
                                .bind(target, name, update, replaces)
                                .version());
            case Step.PutAction(var key, var update, var _) ->
                put(
                        step,
                        (client, replaces) -> client.actions()
                                .put(key.name(), update, replaces)
                                .version());
            case Step.PutTrigger trigger ->
                ownership.write(
                        key(step),
                        (replaces, seen) -> new TriggerDeployment(session, trigger, replaces, seen).deploy());
            case Step.PutRule(var name, var trigger, var action, var annotations) ->
                put(
                        step,
                        (client, replaces) -> client.rules()
                                .put(name, trigger, action, annotations, replaces)
                                .version());
            case Step.PutApi api -> new ApiDeployment(session, api).deploy();
            case Step.PutApiDocument(var _, var document) ->
                Gateway.call(
                        session,
                        failure(step),
                        (apis, caller) -> apis.create(
                                caller,
                                "json",
                                ApiFile.apiDocument(document, session.settings().namespace())));
        }
    }

    /// @param call is given whether it may replace what is there, and tells the version that it wrote
    private void put(Step step, BiFunction<WhirlClient, Boolean, String> call) {
        ownership.write(
                key(step),
                (replaces, _) -> Optional.of(session.call(failure(step), client -> call.apply(client, replaces))));
    }

    private static EntityKey key(Step step) {
        return step.key().orElseThrow();
    }

    private static String failure(Step step) {
        return "Unable to deploy " + step.title();
    }
}
