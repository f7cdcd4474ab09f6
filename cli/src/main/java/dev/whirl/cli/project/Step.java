package dev.whirl.cli.project;

import dev.whirl.cli.api.ApiTarget;
import dev.whirl.cli.project.EntityKey.Kind;
import dev.whirl.cli.project.manifest.Manifest.ManifestApi;
import dev.whirl.cli.trigger.Feed;
import dev.whirl.client.ActionUpdate;
import dev.whirl.client.ApiDescription;
import dev.whirl.client.EntityUpdate;
import dev.whirl.client.KeyValues;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One thing to deploy, with all that is sent for it. It can be done again with the same effect.
sealed interface Step {
    /// `action [package/name]`, for people.
    String title();

    /// The entity that it makes; empty for what is none.
    default Optional<EntityKey> key() {
        return switch (this) {
            case PutPackage(var name, var _, var _) -> Optional.of(new EntityKey(Kind.PACKAGE, name));
            case Bind(var _, var name, var _) -> Optional.of(new EntityKey(Kind.BINDING, name));
            case PutAction action -> Optional.of(action.action());
            case PutTrigger trigger -> Optional.of(new EntityKey(Kind.TRIGGER, trigger.name()));
            case PutRule rule -> Optional.of(new EntityKey(Kind.RULE, rule.name()));
            case PutApi _, PutApiDocument _ -> Optional.empty();
        };
    }

    /// The operations that it adds to the gateway.
    default List<ApiOperation> operations() {
        return switch (this) {
            case PutApi api -> List.of(api.operation());
            case PutApiDocument document -> document.described();
            case PutPackage _, Bind _, PutAction _, PutTrigger _, PutRule _ -> List.of();
        };
    }

    record PutPackage(QualifiedName name, EntityUpdate update, boolean isShared) implements Step {
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
    record PutAction(EntityKey action, ActionUpdate update, String about) implements Step {
        @Override
        public String title() {
            return action.toString();
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
    record PutApi(String name, ApiTarget target, QualifiedName action, String response) implements Step {
        static PutApi of(ManifestApi api, QualifiedName action) {
            return new PutApi(api.name(), api.target(), action, api.response());
        }

        ApiOperation operation() {
            return new ApiOperation(name, target, action.toString(), response);
        }

        @Override
        public String title() {
            return ApiOperation.title(target);
        }
    }

    /// Adds a whole API to the gateway.
    ///
    /// @param file with the document, for people
    /// @param document OpenAPI 2.0
    record PutApiDocument(String file, RawJson document) implements Step {
        @Override
        public String title() {
            return "api [%s]".formatted(file);
        }

        /// The base path of the API, which is replaced as a whole.
        String basePath() {
            return description().basePath();
        }

        private ApiDescription description() {
            return ApiDescription.read(RawJson.object("apidoc", document));
        }

        private List<ApiOperation> described() {
            ApiDescription api = description();
            return api.operations().stream()
                    .map(each -> new ApiOperation(
                            api.name(),
                            new ApiTarget(
                                    api.basePath(), each.path(), each.verb().toUpperCase(Locale.ROOT)),
                            each.action(),
                            ""))
                    .toList();
        }
    }
}
