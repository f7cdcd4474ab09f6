package dev.whirl.gateway.policy;

import dev.whirl.gateway.Decision.Forward;
import dev.whirl.gateway.GatewayRequest;
import dev.whirl.gateway.document.ApiPlan.Execution;
import dev.whirl.gateway.document.Mapping;
import dev.whirl.gateway.document.Mapping.Field;
import dev.whirl.gateway.document.Mapping.Place;
import dev.whirl.gateway.document.Template;
import dev.whirl.gateway.route.Match;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the call that a request becomes: applies the mappings (row G-4) and fills in the target's path. Used for one
/// request. Query and body are taken apart only if a mapping wants that.
public final class Rewriting {
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]{0,8192}");

    /// A request that can't be rewritten as its API wants.
    public static final class RefusedException extends Exception {
        RefusedException(String sentence) {
            super(sentence, null, false, false);
        }
    }

    private final GatewayRequest request;
    private final SequencedMap<String, String> headers;
    private final Map<String, String> path;
    private @Nullable SequencedMap<String, String> query;
    private @Nullable SequencedMap<String, RawJson> body;
    private boolean queryIsChanged;
    private boolean bodyIsChanged;

    private Rewriting(GatewayRequest request, Map<String, String> parameters) {
        this.request = request;
        this.headers = new LinkedHashMap<>(request.headers());
        this.path = new LinkedHashMap<>(parameters);
    }

    /// Clients' secrets are not for the function.
    ///
    /// @throws RefusedException for a value that can't be a header or part of a path, or a body that is
    ///     no JSON object
    public static Forward forward(GatewayRequest request, Match.Found match) throws RefusedException {
        Execution execution = match.operation().execution();
        var rewriting = new Rewriting(request, match.parameters());
        match.api().plan().secretHeaders().forEach(rewriting.headers::remove);
        for (Mapping each : execution.mappings()) {
            rewriting.apply(each);
        }
        return rewriting.forward(execution, match.rest());
    }

    private Forward forward(Execution execution, String rest) throws RefusedException {
        String callersPath = execution.target().addsPath() ? rest : "";
        var values = body;
        return new Forward(
                execution.target(),
                new TargetPath(path).filled(execution.target().path()) + callersPath,
                execution.verb().isEmpty() ? request.method() : execution.verb(),
                queryIsChanged ? encoded(query()) : request.query(),
                headers,
                bodyIsChanged && values != null ? RawJson.object(values) : null);
    }

    private void apply(Mapping mapping) throws RefusedException {
        switch (mapping) {
            case Mapping.Set(Field field, Template value) -> set(field, value);
            case Mapping.Clear(Field(Place place, String name)) -> {
                switch (place) {
                    case HEADER -> headers.remove(name);
                    case QUERY -> {
                        queryIsChanged |= query().remove(name) != null;
                    }
                    case BODY -> {
                        bodyIsChanged |= body().remove(name) != null;
                    }
                    case PATH -> path.remove(name);
                }
            }
        }
    }

    private void set(Field field, Template template) throws RefusedException {
        switch (field.place()) {
            case HEADER -> headers.put(field.name(), header(field.name(), text(template)));
            case QUERY -> {
                query().put(field.name(), text(template));
                queryIsChanged = true;
            }
            case BODY -> {
                body().put(field.name(), json(template));
                bodyIsChanged = true;
            }
            case PATH -> path.put(field.name(), text(template));
        }
    }

    /// A value with a line break would be a header of its own (attack 39).
    private static String header(String name, String value) throws RefusedException {
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw new RefusedException(
                    "the value for header '%s' has characters that no header may have".formatted(name));
        }
        return value;
    }

    private RawJson json(Template template) throws RefusedException {
        var only = template.onlyField();
        return only.isPresent() && only.get().place() == Place.BODY
                ? body().getOrDefault(only.get().name(), RawJson.NULL)
                : RawJson.string(text(template));
    }

    private String text(Template template) throws RefusedException {
        var text = new StringBuilder();
        for (Template.Part each : template.parts()) {
            text.append(
                    switch (each) {
                        case Template.Part.Text(String plain) -> plain;
                        case Template.Part.Reference(Field field) -> value(field);
                    });
        }
        return text.toString();
    }

    /// What is missing is empty.
    private String value(Field field) throws RefusedException {
        return switch (field.place()) {
            case HEADER -> headers.getOrDefault(field.name(), "");
            case QUERY -> query().getOrDefault(field.name(), "");
            case PATH -> path.getOrDefault(field.name(), "");
            case BODY -> {
                RawJson json = body().getOrDefault(field.name(), RawJson.string(""));
                yield json.asText().orElseGet(json::toString);
            }
        };
    }

    private SequencedMap<String, String> query() {
        var known = query;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (String each :
                    request.query().isEmpty() ? new String[0] : request.query().split("&")) {
                int equal = each.indexOf('=');
                known.putIfAbsent(
                        decoded(equal < 0 ? each : each.substring(0, equal)),
                        equal < 0 ? "" : decoded(each.substring(equal + 1)));
            }
            query = known;
        }
        return known;
    }

    private SequencedMap<String, RawJson> body() throws RefusedException {
        var known = body;
        if (known == null) {
            known = new LinkedHashMap<>(parsed(request.body().bytes()).fields());
            body = known;
        }
        return known;
    }

    private static RawJson parsed(byte[] bytes) throws RefusedException {
        try {
            RawJson json = bytes.length == 0 ? RawJson.EMPTY_OBJECT : RawJson.parse(bytes);
            if (json.isObject()) {
                return json;
            }
        } catch (MalformedJsonException e) {
            // said below
        }
        throw new RefusedException("this API wants a JSON object for a body");
    }

    private static String encoded(SequencedMap<String, String> query) {
        return query.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// What is broken stays as it is.
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
