package dev.whirl.cli.project.manifest;

import dev.whirl.cli.api.ApiTarget;
import dev.whirl.model.json.RawJson;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A project as its manifest describes it (row L-37).
///
/// @param name empty if the manifest has only packages
/// @param apiConfig an OpenAPI document that stands for all APIs; null for none
public record Manifest(
        String name,
        Target target,
        List<ManifestPackage> packages,
        @Nullable ApiConfig apiConfig) {
    /// The package that is none.
    public static final String DEFAULT_PACKAGE = "default";

    /// The annotation of what belongs to a project, which `sync` alone writes.
    public static final String MARK = "whisk-managed";

    /// A file with an OpenAPI 2.0 document.
    ///
    /// @param where as of [ManifestAction]
    public record ApiConfig(String file, String where) {}

    public Manifest {
        packages = List.copyOf(packages);
    }

    /// The same with other packages.
    public Manifest withPackages(List<ManifestPackage> others) {
        return new Manifest(name, target, others, apiConfig);
    }

    /// Where to deploy to; null for what the manifest leaves to the command line. Prints without
    /// the key and the token.
    ///
    /// @param gatewayToken for the management of APIs
    public record Target(
            @Nullable String apiHost,
            @Nullable String credential,
            @Nullable String namespace,
            @Nullable String gatewayToken) {
        public static final Target ELSEWHERE = new Target(null, null, null, null);

        /// This, with another one for what it leaves open.
        Target orElse(Target other) {
            return new Target(
                    apiHost == null ? other.apiHost : apiHost,
                    credential == null ? other.credential : credential,
                    namespace == null ? other.namespace : namespace,
                    gatewayToken == null ? other.gatewayToken : gatewayToken);
        }

        @Override
        public String toString() {
            return "Target[" + apiHost + ", " + namespace + "]";
        }
    }

    /// A package and all that is declared in it (row L-38).
    ///
    /// @param isShared whether others may use it
    public record ManifestPackage(
            String name,
            boolean isShared,
            Values values,
            Map<String, Dependency> dependencies,
            Map<String, ManifestAction> actions,
            Events events) {
        /// The sequences, triggers, rules and APIs of a package.
        public record Events(
                Map<String, ManifestSequence> sequences,
                Map<String, ManifestTrigger> triggers,
                Map<String, ManifestRule> rules,
                List<ManifestApi> apis) {
            Events withSequences(Map<String, ManifestSequence> others) {
                return new Events(others, triggers, rules, apis);
            }
        }

        public ManifestPackage withDependencies(Map<String, Dependency> others) {
            return new ManifestPackage(name, isShared, values, others, actions, events);
        }

        public ManifestPackage withoutApis() {
            var others = new Events(events.sequences(), events.triggers(), events.rules(), List.of());
            return new ManifestPackage(name, isShared, values, dependencies, actions, others);
        }

        public ManifestPackage withEntities(Map<String, ManifestAction> otherActions, Events others) {
            return new ManifestPackage(name, isShared, values, dependencies, otherActions, others);
        }

        public ManifestPackage withValues(Values others) {
            return new ManifestPackage(name, isShared, others, dependencies, actions, events);
        }

        public boolean isDefault() {
            return name.equals(DEFAULT_PACKAGE);
        }

        /// Whether anything on the server comes of it, beside operations of the gateway.
        public boolean hasEntities() {
            return !isDefault()
                    || Stream.of(dependencies, actions, events.sequences(), events.triggers(), events.rules())
                            .anyMatch(each -> !each.isEmpty());
        }

        /// `package/name`, or the name alone in the default package.
        public String entityName(String entity) {
            return isDefault() ? entity : name + "/" + entity;
        }
    }

    /// Parameters and annotations.
    ///
    /// @param initInputs which of the inputs go to the environment when code is loaded, not to the
    /// arguments
    public record Values(
            SequencedMap<String, RawJson> inputs, SequencedMap<String, RawJson> annotations, Set<String> initInputs) {
        public static final Values NONE = new Values(new LinkedHashMap<>(), new LinkedHashMap<>(), Set.of());

        public Values {
            initInputs = Set.copyOf(initInputs);
        }
        /// These, overridden key by key.
        public Values overriddenBy(Values others) {
            var moreInputs = new LinkedHashMap<>(inputs);
            moreInputs.putAll(others.inputs);
            var moreAnnotations = new LinkedHashMap<>(annotations);
            moreAnnotations.putAll(others.annotations);
            var moreInits = new HashSet<>(initInputs);
            moreInits.addAll(others.initInputs);
            return new Values(moreInputs, moreAnnotations, moreInits);
        }
    }

    /// What a package needs beside its own (row L-38).
    public sealed interface Dependency {
        /// Another package of the server: a binding to it is made.
        ///
        /// @param location `/namespace/package`
        /// @param where as of [ManifestAction]
        record Bound(String location, Values values, String where) implements Dependency {}

        /// The project in a repository: it is fetched, and deployed before this one.
        ///
        /// @param where as of [ManifestAction]
        record Fetched(Repository repository, Values values, String where) implements Dependency {}
    }

    /// An action (row L-39).
    ///
    /// @param web value of `web` or `web-export`, as `wsk action create --web` takes it; null for none
    /// @param where it stands in the manifest, as messages begin with it; empty if it stands nowhere
    public record ManifestAction(
            Source source,
            ExecHints hints,
            Values values,
            @Nullable String web,
            Limits limits,
            String where) {
        public ManifestAction withWeb(String mode) {
            return new ManifestAction(source, hints, values, mode, limits, where);
        }

        /// Where its code comes from.
        ///
        /// @param function file or folder; null for none
        /// @param code the code itself; null for none
        /// @param include pairs of source and place in the archive of a folder
        /// @param exclude patterns of what stays out of it
        public record Source(
                @Nullable String function, @Nullable String code, List<Included> include, List<String> exclude) {}

        /// @param to null for the same place
        public record Included(String from, @Nullable String to) {}

        /// How its code is run.
        public record ExecHints(
                @Nullable String runtime,
                @Nullable String main,
                @Nullable String docker,
                boolean isNative) {}

        /// Null for the server's own.
        public record Limits(
                @Nullable Long timeoutMillis,
                @Nullable Long memoryMebibytes,
                @Nullable Long logsMebibytes,
                @Nullable Long concurrency) {}
    }

    /// A sequence (row L-40).
    ///
    /// @param where as of [ManifestAction]
    public record ManifestSequence(
            List<String> components,
            Values values,
            @Nullable String web,
            String where) {
        public ManifestSequence withWeb(String mode) {
            return new ManifestSequence(components, values, mode, where);
        }
    }
    /// A trigger (row L-40).
    ///
    /// @param feed the action that feeds it; null for none
    /// @param where as of [ManifestAction]
    public record ManifestTrigger(@Nullable String feed, Values values, String where) {}

    /// A rule (row L-40).
    ///
    /// @param where as of [ManifestAction]
    public record ManifestRule(
            String trigger, String action, SequencedMap<String, RawJson> annotations, String where) {}

    /// One operation of an API (row L-40).
    ///
    /// @param response how the action answers
    /// @param where as of [ManifestAction]
    public record ManifestApi(String name, ApiTarget target, String action, String response, String where) {}
}
