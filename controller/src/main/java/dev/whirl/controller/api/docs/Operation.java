package dev.whirl.controller.api.docs;

import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.api.http.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One route as readers of a description see it. Names are those that clients of OpenWhisk's description know.
///
/// @param path with the variables' names as readers know them
/// @param variables of the path, in their order
/// @param query parameters, with their meaning
/// @param answers statuses
record Operation(
        String method,
        String path,
        String tag,
        String id,
        String summary,
        List<String> variables,
        SequencedMap<String, String> query,
        boolean hasBody,
        boolean isGuarded,
        List<Integer> answers) {
    private static final Pattern VARIABLE = Pattern.compile("[{](\\w+)[}]");
    private static final Map<String, String> SINGULAR = Map.of(
            "actions", "Action",
            "triggers", "Trigger",
            "rules", "Rule",
            "packages", "Package",
            "activations", "Activation");

    /// @param base what the description's paths are relative to
    static Operation of(Route route, String base) {
        String pattern = route.pattern().toString().replaceAll("/[?]?$", "");
        String path = pattern.substring(base.length());
        var target = Target.of(route.method(), path, route.pattern().toString().endsWith("/"));
        Route.Doc doc = route.doc();
        String named = named(path.isEmpty() ? "/" : path, target);
        return new Operation(
                route.method().toLowerCase(java.util.Locale.ROOT),
                target.isListOfPackage() ? named + "/" : named,
                target.tag(),
                target.id(),
                doc == null ? target.summary() : doc.summary(),
                VARIABLE.matcher(named).results().map(each -> each.group(1)).toList(),
                doc == null ? target.query() : doc.query(),
                route.method().equals("PUT")
                        || (route.method().equals("POST") && !target.tag().equals("Operator")),
                route.endpoint() instanceof Endpoint.Guarded,
                target.answers());
    }

    /// `{name}` of an action is `{actionName}` to readers.
    private static String named(String path, Target target) {
        String single = target.single();
        var out = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(path);
        while (matcher.find()) {
            String name = switch (matcher.group(1)) {
                case "name" -> single + "Name";
                case "package" -> "packageName";
                case "id" -> "activationid";
                default -> matcher.group(1);
            };
            matcher.appendReplacement(out, Matcher.quoteReplacement("{" + name + "}"));
        }
        return matcher.appendTail(out).toString();
    }

    /// What a method and a path say by themselves.
    private record Target(String method, String collection, String rest, boolean isListOfPackage) {
        static Target of(String method, String path, boolean endsWithSlash) {
            String[] parts = path.split("/", 5);
            boolean isEntity = parts.length > 3 && parts[1].equals("namespaces");
            String collection = isEntity ? parts[3] : path.startsWith("/namespaces") ? "namespaces" : "";
            String rest = isEntity && parts.length > 4 ? parts[4] : isEntity ? "" : path;
            return new Target(method, collection, rest, isEntity && endsWithSlash && rest.equals("{package}"));
        }

        String single() {
            return SINGULAR.getOrDefault(collection, "entity").toLowerCase(java.util.Locale.ROOT);
        }

        String tag() {
            if (SINGULAR.containsKey(collection) || collection.equals("namespaces") || collection.equals("limits")) {
                return Character.toUpperCase(collection.charAt(0)) + collection.substring(1);
            }
            return rest.startsWith("/web") ? "Actions" : "Operator";
        }

        boolean isList() {
            return SINGULAR.containsKey(collection) && (rest.isEmpty() || isListOfPackage);
        }

        String id() {
            String one = SINGULAR.get(collection);
            if (one == null) {
                return switch (collection) {
                    case "limits" -> "getLimits";
                    case "namespaces" -> "getAllNamespaces";
                    default -> method.toLowerCase(java.util.Locale.ROOT) + rest.replaceAll("\\W+", "_");
                };
            }
            if (one.equals("Activation")) {
                return activationId();
            }
            String inPackage = rest.startsWith("{package}") ? "InPackage" : "";
            if (isList()) {
                return "getAll" + one + "s" + inPackage;
            }
            return switch (method) {
                case "GET" -> "get" + one + inPackage + "ByName";
                case "PUT" -> "update" + one + inPackage;
                case "DELETE" -> "delete" + one + inPackage;
                default -> postId(one) + inPackage;
            };
        }

        private String activationId() {
            return switch (rest) {
                case "" -> "getActivations";
                case "{id}/logs" -> "getActivationLogs";
                case "{id}/result" -> "getActivationResult";
                default -> "getActivationById";
            };
        }

        private static String postId(String one) {
            return switch (one) {
                case "Rule" -> "setState";
                case "Trigger" -> "fireTrigger";
                default -> "invoke" + one;
            };
        }

        String summary() {
            String one = SINGULAR.get(collection);
            if (one == null) {
                return switch (collection) {
                    case "limits" -> "Get the limits for a namespace";
                    case "namespaces" -> "Get all namespaces for authenticated user";
                    default -> rest.startsWith("/web") ? "Call a web action" : method + " " + rest;
                };
            }
            String what = one.toLowerCase(java.util.Locale.ROOT);
            if (isList()) {
                return "Get all " + what + "s" + (isListOfPackage ? " of a package" : "");
            }
            return switch (method) {
                case "PUT" -> "Create or update a" + (what.startsWith("a") ? "n " : " ") + what;
                case "DELETE" -> "Delete a" + (what.startsWith("a") ? "n " : " ") + what;
                case "POST" ->
                    switch (one) {
                        case "Rule" -> "Enable or disable a rule";
                        case "Trigger" -> "Fire a trigger";
                        default -> "Invoke an action";
                    };
                default ->
                    switch (rest) {
                        case "{id}/logs" -> "Get the logs for an activation";
                        case "{id}/result" -> "Get the result of an activation";
                        default -> "Get " + what + " information";
                    };
            };
        }

        SequencedMap<String, String> query() {
            var query = new LinkedHashMap<String, String>();
            if (isList()) {
                query.put("limit", "Number of entries, 0 to 200; 0 means 200, without it 30.");
                query.put("skip", "Number of entries to leave out first.");
                query.put("count", "Whether to answer with the number of entries alone.");
            }
            switch (tag() + " " + method) {
                case "Activations GET" -> {
                    if (isList()) {
                        query.put("name", "Only of this action, `name` or `package/name`.");
                        query.put("since", "Only started at or after this time, in milliseconds since the epoch.");
                        query.put("upto", "Only started at or before this time, in milliseconds since the epoch.");
                        query.put("docs", "Whether to show results and logs.");
                    }
                }
                case "Packages GET" -> {
                    if (isList()) {
                        query.put("public", "Whether to list only packages that everybody may read.");
                    }
                }
                case "Actions GET" -> {
                    if (!isList() && !rest.startsWith("/web")) {
                        query.put("code", "Whether to show the code; without it yes.");
                    }
                }
                case "Actions POST" -> {
                    if (!rest.startsWith("/web")) {
                        query.put("blocking", "Whether to wait for the result.");
                        query.put("result", "Whether to answer with the result alone.");
                        query.put("timeout", "Longest wait for the result, in milliseconds.");
                    }
                }
                case "Packages DELETE" -> query.put("force", "Whether to delete the actions in it, too.");
                default -> {}
            }
            if (method.equals("PUT")) {
                query.put("overwrite", "Whether to replace it if it exists.");
            }
            return query;
        }

        List<Integer> answers() {
            var answers = new ArrayList<Integer>(List.of(200, 400, 401, 403, 404, 500, 503));
            switch (method) {
                case "PUT" -> answers.addAll(List.of(409, 413));
                case "DELETE" -> answers.add(409);
                case "POST" -> answers.addAll(List.of(202, 413, 429, 502));
                default -> {}
            }
            if (tag().equals("Triggers") && method.equals("POST")) {
                answers.add(204);
            }
            return answers.stream().sorted().toList();
        }
    }
}
