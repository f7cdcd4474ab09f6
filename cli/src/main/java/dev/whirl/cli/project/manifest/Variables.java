package dev.whirl.cli.project.manifest;

import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts values in the place of `$NAME` and `${NAME}` (row L-37): first those of the command line and of inputs,
/// then those of the environment. What is not known is empty, as in a shell.
public record Variables(Map<String, RawJson> values, Map<String, String> environment) {
    private static final Pattern NAME = Pattern.compile("\\$(?:\\{([^}]*)}|([A-Za-z_][A-Za-z0-9_]*))");

    public Variables {
        values = Map.copyOf(values);
        environment = Map.copyOf(environment);
    }

    /// These, with more that win.
    Variables with(Map<String, RawJson> more) {
        var all = new LinkedHashMap<>(values);
        all.putAll(more);
        return new Variables(all, environment);
    }

    /// A text with everything put in.
    String text(String text) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        Matcher matcher = NAME.matcher(text);
        var result = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            matcher.appendReplacement(result, Matcher.quoteReplacement(plain(lookup(name))));
        }
        return matcher.appendTail(result).toString();
    }

    /// A value: text that is one variable and nothing else becomes that variable's value, whatever it is.
    RawJson value(String text) {
        Matcher matcher = NAME.matcher(text);
        if (matcher.matches()) {
            return lookup(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return RawJson.string(text(text));
    }

    /// The names in a text that nothing is known of.
    List<String> unknown(String text) {
        return NAME.matcher(text)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .filter(name -> !values.containsKey(name) && !environment.containsKey(name))
                .toList();
    }

    private RawJson lookup(String name) {
        RawJson value = values.get(name);
        return value != null ? value : RawJson.string(environment.getOrDefault(name, ""));
    }

    private static String plain(RawJson value) {
        return value.asText().orElseGet(value::toString);
    }
}
