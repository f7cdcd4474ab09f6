package dev.whirl.cli.project;

import dev.whirl.cli.api.ApiFile;
import dev.whirl.cli.api.Gateway;
import dev.whirl.cli.command.Session;
import dev.whirl.client.WhirlClient;
import java.util.function.Consumer;

/// Carries out steps of a deployment. Each can be repeated.
final class Deployer {
    private final Session session;
    private final Progress progress;

    Deployer(Session session, Progress progress) {
        this.session = session;
        this.progress = progress;
    }

    void deploy(Step step) {
        progress.info("Deploying " + step.title() + " ...");
        apply(step);
        progress.info(step.title() + " has been successfully deployed.");
    }

    private void apply(Step step) {
        switch (step) {
            case Step.PutPackage(var name, var update, var isShared) ->
                call(step, client -> client.packages().put(name, update, isShared, true));
            case Step.Bind(var target, var name, var update) ->
                call(step, client -> client.packages().bind(target, name, update, true));
            case Step.PutAction action ->
                call(step, client -> client.actions().put(action.action().name(), action.update(), true));
            case Step.PutTrigger trigger -> new TriggerDeployment(session, trigger).deploy();
            case Step.PutRule(var name, var trigger, var action, var annotations) ->
                call(step, client -> client.rules().put(name, trigger, action, annotations, true));
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

    private void call(Step step, Consumer<WhirlClient> calls) {
        session.call(failure(step), client -> {
            calls.accept(client);
            return step;
        });
    }

    private static String failure(Step step) {
        return "Unable to deploy " + step.title();
    }
}
