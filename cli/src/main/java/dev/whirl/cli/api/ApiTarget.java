package dev.whirl.cli.api;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ActionDocument;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One operation to create: an address of the gateway, and the action behind it (row G-8).
///
/// @param base the base path, or the name of an existing API
/// @param path below the base path, maybe with `{parameters}`
/// @param verb in upper case
public record ApiTarget(String base, String path, String verb) {
    private static final Pattern PARAMETER = Pattern.compile("(?<=/)\\{([^/}]+)}(?=/|$)");

    /// Reads `[BASE] PATH VERB …`.
    ///
    /// @param words without the action
    public static ApiTarget read(List<String> words) {
        boolean hasBase = words.size() == 3;
        String base = hasBase ? words.getFirst() : "/";
        if (ApiVerbs.hasParameters(base)) {
            throw CliException.misunderstood(
                    "The base path '%s' cannot have parameters. Only the relative path supports path parameters."
                            .formatted(base));
        }
        List<String> rest = hasBase ? words.subList(1, 3) : words;
        return new ApiTarget(base, ApiVerbs.path(rest.getFirst()), ApiVerbs.verb(rest.get(1)));
    }

    boolean isNamed() {
        return !base.startsWith("/");
    }

    /// `/base/path`, for people.
    public String fullPath() {
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }

    /// What the gateway's management is sent.
    ///
    /// @param name of the API; null leaves it to the gateway
    public RawJson toJson(Backend backend, @Nullable String name) {
        var json = new JsonWriter()
                .startObject()
                .field("namespace", backend.action().namespace());
        if (name != null) {
            json.field("apiName", name);
        }
        json.field("gatewayBasePath", base).field("gatewayPath", path).field("gatewayMethod", verb);
        if (!isNamed()) {
            json.field("id", "API:" + backend.action().namespace() + ":" + base);
        }
        json.field("action", backend.toJson(verb));
        if (!parameters().isEmpty()) {
            json.field(
                    "pathParameters",
                    RawJson.array(
                            parameters().stream().map(ApiTarget::parameter).toList()));
        }
        return json.endObject().toRawJson();
    }

    /// The names in braces, each once.
    private Set<String> parameters() {
        var names = new LinkedHashSet<String>();
        Matcher matcher = PARAMETER.matcher(path);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static RawJson parameter(String name) {
        return new JsonWriter()
                .startObject()
                .field("name", name)
                .field("in", "path")
                .field("description", "Default description for '%s'".formatted(name))
                .field("required", true)
                .field("type", "string")
                .endObject()
                .toRawJson();
    }

    /// The action behind it.
    ///
    /// @param action with its real namespace
    /// @param url of the web action, with the extension that shapes its answers
    /// @param auth the caller's key
    /// @param secret of a web action that wants one; null for none
    public record Backend(
            QualifiedName action,
            String url,
            String auth,
            @Nullable RawJson secret) {
        /// @param type how the action answers
        public static Backend of(Session session, ActionDocument action, String type) {
            return new Backend(
                    action.qualifiedName(),
                    session.anyClient().actions().url(action) + "." + type,
                    session.settings().auth(),
                    action.annotations().find("require-whisk-auth").orElse(null));
        }

        RawJson toJson(String verb) {
            var json = new JsonWriter()
                    .startObject()
                    .field("name", action.entityName())
                    .field("namespace", action.namespace())
                    .field("backendMethod", verb)
                    .field("backendUrl", url)
                    .field("authkey", auth);
            if (secret != null) {
                json.field("secureKey", secret);
            }
            return json.endObject().toRawJson();
        }

        @Override
        public String toString() {
            return "Backend[" + action + "]";
        }
    }
}
