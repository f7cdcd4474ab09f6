package dev.whirl.cli.project;

import dev.whirl.cli.api.ApiTarget;
import dev.whirl.cli.command.CliException;
import dev.whirl.cli.project.manifest.Manifest.ManifestApi;
import dev.whirl.cli.trigger.Feed;
import dev.whirl.client.ActionUpdate;
import dev.whirl.client.EntityUpdate;
import dev.whirl.client.KeyValues;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One thing to deploy, with all that is sent for it. It can be done again with the same effect.
sealed interface Step {
    /// `action [package/name]`, for people.
    String title();

    /// @param isShared null leaves it to the server
    record PutPackage(
            QualifiedName name,
            EntityUpdate update,
            @Nullable Boolean isShared) implements Step {
        @Override
        public String title() {
            return "package [" + name.entityName() + "]";
        }
    }

    record Bind(QualifiedName target, QualifiedName name, EntityUpdate update) implements Step {
        @Override
        public String title() {
            return "binding [" + name.entityName() + "]";
        }
    }

    /// @param about what is deployed, for people: a kind and a size
    record PutAction(EntityKey key, ActionUpdate update, String about) implements Step {
        @Override
        public String title() {
            return key.toString();
        }
    }

    /// @param feed null for none
    /// @param forFeed parameters of the feed
    record PutTrigger(
            QualifiedName name,
            EntityUpdate update,
            @Nullable Feed feed,
            SequencedMap<String, RawJson> forFeed) implements Step {
        @Override
        public String title() {
            return "trigger [" + name.entityName() + "]";
        }
    }

    record PutRule(QualifiedName name, QualifiedName trigger, QualifiedName action, KeyValues annotations)
            implements Step {
        @Override
        public String title() {
            return "rule [" + name.entityName() + "]";
        }
    }

    /// Adds one operation of the gateway.
    record PutApi(ManifestApi api, ApiTarget target, QualifiedName action) implements Step {
        /// @throws CliException if the gateway could not serve it
        static PutApi of(ManifestApi api, QualifiedName action) {
            try {
                return new PutApi(api, ApiTarget.read(List.of(api.base(), api.path(), api.verb())), action);
            } catch (CliException e) {
                throw e.within("API '" + api.name() + "': ");
            }
        }

        @Override
        public String title() {
            return "api [%s %s]".formatted(target.verb(), target.fullPath());
        }
    }
}
