package dev.whirl.cli.project;

import dev.whirl.cli.api.Gateway;
import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.trigger.Feed;
import dev.whirl.client.ApiQuery;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.WhirlClient;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Removes what was deployed, last things first. What is gone already is passed over, so that it can be
/// repeated.
final class Undeployer {
    /// How gateways refuse what they cannot do.
    private static final Set<Integer> REFUSALS = Set.of(ExitCodes.ofStatus(400), ExitCodes.ofStatus(502));

    private final Session session;
    private final Progress progress;
    private final Ownership ownership;

    /// @param ownership whose entities may be taken away
    Undeployer(Session session, Progress progress, Ownership ownership) {
        this.session = session;
        this.progress = progress;
        this.ownership = ownership;
    }

    /// Takes operations of the gateway away, the last one first.
    void undeployApis(List<ApiOperation> apis) {
        for (ApiOperation each : apis.reversed()) {
            progress.info("Undeploying " + each.title() + " ...");
            progress.info(each.title() + (isRemoved(each) ? " has been successfully undeployed." : " was not there."));
        }
    }

    private boolean isRemoved(ApiOperation api) {
        var what = new ApiQuery(
                api.target().base(), api.target().path(), api.target().verb());
        try {
            Gateway.call(session, "Unable to undeploy " + api.title(), (apis, caller) -> {
                apis.delete(caller, what);
                return what;
            });
            return true;
        } catch (CliException e) {
            if (REFUSALS.contains(e.exitCode()) && !isServed(api)) {
                return false;
            }
            throw e;
        }
    }

    /// A gateway says in words of its own that there is no such operation: whether there is one, it tells, too.
    private boolean isServed(ApiOperation api) {
        return new ServedApis(session)
                .targets(List.of(api.target().base())).stream()
                        .map(ApiOperation::title)
                        .anyMatch(api.title()::equals);
    }

    /// @param entities in the order in which they are deployed
    void undeploy(List<EntityKey> entities) {
        for (EntityKey each : entities.reversed()) {
            progress.info("Undeploying " + each + " ...");
            if (ownership.mayRemove(each) && isRemoved(each)) {
                progress.info(each + " has been successfully undeployed.");
            }
        }
    }

    private boolean isRemoved(EntityKey key) {
        QualifiedName name = key.name();
        return switch (key.kind()) {
            case PACKAGE -> isPackageRemoved(key);
            case BINDING -> isRemoved(key, client -> client.packages().delete(name, false));
            case ACTION, SEQUENCE -> isRemoved(key, client -> client.actions().delete(name));
            case TRIGGER -> {
                disconnect(key);
                yield isRemoved(key, client -> client.triggers().delete(name));
            }
            case RULE -> isRemoved(key, client -> client.rules().delete(name));
        };
    }

    private boolean isRemoved(EntityKey key, Consumer<WhirlClient> delete) {
        try {
            session.call("Unable to undeploy " + key, client -> {
                delete.accept(client);
                return key;
            });
            return true;
        } catch (CliException e) {
            if (isNotThere(e)) {
                progress.info(key + " was not there.");
                return false;
            }
            throw e;
        }
    }

    /// Whether a call failed because there is nothing of this name, or something of another kind.
    static boolean isNotThere(CliException failure) {
        return failure.exitCode() == ExitCodes.ofStatus(404)
                || String.valueOf(failure.getMessage()).contains("is not in this collection");
    }

    /// A package may hold what others put there: that is theirs.
    private boolean isPackageRemoved(EntityKey key) {
        try {
            return isRemoved(key, client -> client.packages().delete(key.name(), false));
        } catch (CliException e) {
            if (e.exitCode() == ExitCodes.ofStatus(409)) {
                session.err().warning(key + " is left, since it holds what this project did not deploy.");
                return false;
            }
            throw e;
        }
    }

    private void disconnect(EntityKey key) {
        try {
            var document = session.call(
                    "Unable to undeploy " + key, client -> client.triggers().get(key.name()));
            Optional<Feed> feed = Feed.of(session, key.name(), document);
            if (feed.isPresent() && !feed.get().forget(session)) {
                session.err()
                        .warning("the feed %s of %s could not be told"
                                .formatted(feed.get().name(), key));
            }
        } catch (CliException e) {
            if (!isNotThere(e)) {
                throw e;
            }
        }
    }
}
