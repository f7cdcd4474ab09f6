package dev.whirl.cli.project;

import dev.whirl.cli.api.ApiTarget;
import dev.whirl.cli.api.Gateway;
import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ActionDocument;

/// Adds one operation to the gateway.
record ApiDeployment(Session session, Step.PutApi step) {
    void deploy() {
        ActionDocument action = session.call(
                "Unable to deploy " + step.title(), client -> client.actions().get(step.action(), false));
        if (!action.isWebAction()) {
            throw CliException.usage("Unable to deploy %s: '%s' is not a web action; give it 'web: true'"
                    .formatted(step.title(), step.action().entityName()));
        }
        var backend = ApiTarget.Backend.of(session, action, step.response());
        Gateway.call(
                session,
                "Unable to deploy " + step.title(),
                (apis, caller) ->
                        apis.create(caller, step.response(), step.target().toJson(backend, step.name())));
    }
}
