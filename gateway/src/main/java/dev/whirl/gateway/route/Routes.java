package dev.whirl.gateway.route;

import dev.whirl.gateway.document.ApiPlan.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All routes of one tenant: a tree of segments. A segment that is written out counts before a parameter. Looking up
/// takes as many steps as the path has segments, where parameters and words do not stand side by side.
final class Routes {
    private record Route(PlannedApi api, Operation operation) {}

    private static final class Node {
        private final Map<String, Node> words = new HashMap<>(4);
        private @Nullable Node parameter;
        private final Map<String, Route> verbs = new TreeMap<>();
    }

    private final Node root = new Node();
    private final List<Collision> collisions = new ArrayList<>();

    private Routes() {}

    static Routes of(Collection<PlannedApi> apis) {
        var routes = new Routes();
        apis.forEach(api -> api.plan().operations().forEach(each -> routes.add(api, each)));
        return routes;
    }

    List<Collision> collisions() {
        return List.copyOf(collisions);
    }

    private void add(PlannedApi api, Operation operation) {
        Node node = root;
        for (String each : segments(api.plan().basePath())) {
            node = node.words.computeIfAbsent(each, _ -> new Node());
        }
        for (String each : operation.segments()) {
            node = each.startsWith("{") ? parameter(node) : node.words.computeIfAbsent(each, _ -> new Node());
        }
        Route there = node.verbs.putIfAbsent(operation.verb(), new Route(api, operation));
        if (there != null) {
            collisions.add(new Collision(
                    "%s %s/%s"
                            .formatted(operation.verb(), api.plan().basePath(), String.join("/", operation.segments())),
                    there.api().id().equals(api.id()) ? "" : there.api().plan().name()));
        }
    }

    private static Node parameter(Node node) {
        Node known = node.parameter;
        if (known == null) {
            known = new Node();
            node.parameter = known;
        }
        return known;
    }

    /// @param first which segment of the path comes first here
    Match find(String verb, SafePath path, int first) {
        List<String> segments = path.segments();
        Node exact = find(root, segments, first, verb);
        if (exact != null) {
            Route route = exact.verbs.get(verb);
            return found(route == null ? exact.verbs.values().iterator().next() : route, path, first);
        }
        Node other = find(root, segments, first, null);
        return other == null ? new Match.Nothing() : wrongVerb(other);
    }

    /// @param verb null for any
    private static @Nullable Node find(Node node, List<String> segments, int at, @Nullable String verb) {
        if (at == segments.size()) {
            boolean fits = verb == null ? !node.verbs.isEmpty() : node.verbs.containsKey(verb);
            return fits ? node : null;
        }
        Node word = node.words.get(segments.get(at));
        Node found = word == null ? null : find(word, segments, at + 1, verb);
        Node parameter = node.parameter;
        return found != null || parameter == null ? found : find(parameter, segments, at + 1, verb);
    }

    private static Match found(Route route, SafePath path, int first) {
        int below = first + segments(route.api().plan().basePath()).size();
        var parameters = new LinkedHashMap<String, String>();
        List<String> template = route.operation().segments();
        for (int i = 0; i < template.size(); i++) {
            String each = template.get(i);
            if (each.startsWith("{")) {
                parameters.put(
                        each.substring(1, each.length() - 1), path.segments().get(below + i));
            }
        }
        List<String> rest = path.raw().subList(below, path.raw().size());
        return new Match.Found(
                route.api(), route.operation(), parameters, rest.isEmpty() ? "" : "/" + String.join("/", rest));
    }

    private static Match wrongVerb(Node node) {
        boolean answersOptions =
                node.verbs.values().stream().allMatch(each -> each.api().plan().answersOptions());
        return new Match.WrongVerb(List.copyOf(node.verbs.keySet()), answersOptions);
    }

    private static List<String> segments(String basePath) {
        return basePath.isEmpty() ? List.of() : List.of(basePath.substring(1).split("/"));
    }
}
