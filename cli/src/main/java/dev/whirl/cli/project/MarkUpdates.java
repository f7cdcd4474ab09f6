package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.Owners.Owned;
import dev.whirl.client.ActionUpdate;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.EntityUpdate;
import dev.whirl.client.KeyValues;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.WhirlClient;

/// Writes the marks of what is on the server anew, and leaves all else of it as it is.
record MarkUpdates(Session session, Progress progress) {
    /// What is gone meanwhile is passed over.
    ///
    /// @param owned with the mark that it is to have
    void write(Owned owned) {
        Mark mark = owned.mark();
        if (mark == null) {
            return;
        }
        EntityKey key = owned.key();
        try {
            session.call("Unable to change the mark of " + key, client -> {
                write(client, key, mark);
                return key;
            });
            progress.info("%s of project %s no longer names what was taken over.".formatted(key, mark.projectName()));
        } catch (CliException e) {
            if (!Undeployer.isNotThere(e)) {
                throw e;
            }
        }
    }

    private static void write(WhirlClient client, EntityKey key, Mark mark) {
        QualifiedName name = key.name();
        switch (key.kind()) {
            case PACKAGE, BINDING ->
                client.packages().put(name, update(client.packages().get(name).annotations(), mark), null, true);
            case ACTION, SEQUENCE ->
                client.actions()
                        .put(
                                name,
                                ActionUpdate.NOTHING.withAnnotations(
                                        marked(client.actions().get(name, false).annotations(), mark)),
                                true);
            case TRIGGER ->
                client.triggers().put(name, update(client.triggers().get(name).annotations(), mark), true);
            case RULE -> write(client, client.rules().get(name), name, mark);
        }
    }

    /// A rule is always sent with both ends; one that has lost an end is left.
    private static void write(WhirlClient client, EntityDocument rule, QualifiedName name, Mark mark) {
        rule.trigger()
                .ifPresent(trigger -> rule.action()
                        .ifPresent(action ->
                                client.rules().put(name, trigger, action, marked(rule.annotations(), mark), true)));
    }

    private static EntityUpdate update(KeyValues annotations, Mark mark) {
        return new EntityUpdate(null, marked(annotations, mark));
    }

    /// What belongs to another project by now keeps the mark that this one gave it.
    private static KeyValues marked(KeyValues annotations, Mark mark) {
        boolean isAsBefore = Mark.of(annotations)
                .filter(each -> each.projectName().equals(mark.projectName()))
                .isPresent();
        return isAsBefore ? annotations.with(Mark.ANNOTATION, mark.toJson()) : annotations;
    }
}
