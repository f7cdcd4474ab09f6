package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.client.WhirlClient;
import java.util.List;
import java.util.function.Consumer;

/// Carries out the steps of a deployment, in their order. Each can be repeated.
final class Deployer {
    private static final String AGAIN =
            "Deployment did not complete successfully. Run it again to finish it, or 'wsk project undeploy' to remove what was deployed.";

    private final Session session;
    private final Progress progress;

    Deployer(Session session, Progress progress) {
        this.session = session;
        this.progress = progress;
    }

    void deploy(List<Step> steps) {
        try {
            steps.forEach(this::deploy);
        } catch (CliException e) {
            throw e.withHint(AGAIN);
        }
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
