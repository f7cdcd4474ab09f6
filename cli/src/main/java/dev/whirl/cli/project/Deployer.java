package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.trigger.Feed;
import dev.whirl.client.ApiErrorException;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.WhirlClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
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
                call(step, client -> client.actions().put(action.key().name(), action.update(), true));
            case Step.PutTrigger trigger -> apply(trigger);
            case Step.PutRule(var name, var trigger, var action, var annotations) ->
                call(step, client -> client.rules().put(name, trigger, action, annotations, true));
            case Step.PutApi api -> new ApiDeployment(session, api).deploy();
        }
    }

    /// A feed may have been told before, and may not like to hear twice that a trigger was made: it is told first
    /// that it is gone. Whether it knew does not matter.
    private void apply(Step.PutTrigger step) {
        Feed feed = step.feed();
        if (feed == null) {
            call(step, client -> client.triggers().put(step.name(), step.update(), true));
            return;
        }
        Optional<Feed> before = session.<Optional<EntityDocument>>call(failure(step), client -> find(client, step))
                .flatMap(document -> Feed.of(session, step.name(), document));
        before.ifPresent(existing -> existing.forget(session));
        call(step, client -> client.triggers().put(step.name(), step.update(), true));
        try {
            feed.configure(session, Feed.Event.CREATE, new LinkedHashMap<>(step.forFeed()));
        } catch (CliException e) {
            throw e.within(failure(step) + ": ");
        }
    }

    private static Optional<EntityDocument> find(WhirlClient client, Step.PutTrigger step) {
        try {
            return Optional.of(client.triggers().get(step.name()));
        } catch (ApiErrorException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
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
