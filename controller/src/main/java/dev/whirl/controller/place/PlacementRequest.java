package dev.whirl.controller.place;

import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.json.RawJson;
import java.util.Set;
import java.util.stream.Collectors;

/// What placing needs to know of an invocation.
///
/// @param memoryBytes of a sandbox of the action
/// @param concurrency activations that share a sandbox
/// @param needs what the invoker must have
/// @param caller the namespace that invokes it; empty where it is not known
public record PlacementRequest(EntityId action, long memoryBytes, int concurrency, Needs needs, String caller) {
    /// The annotations that ask for invokers with certain tags (row A-9).
    private static final String RESOURCES = "invoker-resources";

    private static final String STRICT = "invoker-resources-strict-policy";

    /// @param image the user's own image, empty if the action has none
    /// @param resources tags that the invoker must have, all of them
    /// @param isStrict whether an invoker without them will not do
    public record Needs(String image, Set<String> resources, boolean isStrict) {
        static final Needs NONE = new Needs("", Set.of(), true);

        public Needs {
            resources = Set.copyOf(resources);
        }

        static Needs of(Action action) {
            String image = action.exec() instanceof Exec.Blackbox box ? box.image() : "";
            Annotations annotations = action.annotations();
            Set<String> resources =
                    annotations.find(RESOURCES).map(Needs::texts).orElse(Set.of());
            boolean isStrict =
                    annotations.find(STRICT).flatMap(RawJson::asBoolean).orElse(true);
            return image.isEmpty() && resources.isEmpty() ? NONE : new Needs(image, resources, isStrict);
        }

        private static Set<String> texts(RawJson list) {
            return list.kind() == RawJson.Kind.ARRAY
                    ? list.elements().stream()
                            .flatMap(each -> each.asText().stream())
                            .collect(Collectors.toUnmodifiableSet())
                    : Set.of();
        }
    }

    /// Of an action that needs nothing special.
    public PlacementRequest(EntityId action, long memoryBytes, int concurrency) {
        this(action, memoryBytes, concurrency, Needs.NONE, "");
    }

    public static PlacementRequest of(Action action) {
        return new PlacementRequest(
                action.id(), action.limits().memory().bytes(), action.limits().concurrency(), Needs.of(action), "");
    }

    /// The same by a caller.
    public PlacementRequest by(String namespace) {
        return new PlacementRequest(action, memoryBytes, concurrency, needs, namespace);
    }

    /// What one activation weighs on an invoker.
    long shareBytes() {
        return memoryBytes / concurrency;
    }
}
