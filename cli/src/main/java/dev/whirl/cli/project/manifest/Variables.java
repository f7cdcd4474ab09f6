package dev.whirl.cli.project.manifest;

import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts values in the place of `${NAME}`, and of `$NAME` in a text that begins with a dollar (row
/// L-37): first those that were given, then inputs, then those of the environment. What is not
/// known is empty, as in a shell. `$${` is read as `${`. A name without braces in a text that
/// begins with a dollar cannot be written otherwise: for it, `${$}` is a dollar.
///
/// @param given by the command line, or by a project that depends on this one
/// @param inputs of the project and the package
public record Variables(Map<String, RawJson> given, Map<String, RawJson> inputs, Map<String, String> environment) {
    private static final String BRACED = "(\\$\\$\\{)|\\$\\{([^}]*)}";
    private static final Pattern IN_BRACES = Pattern.compile(BRACED);
    private static final Pattern BARE = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern ANY = Pattern.compile(BRACED + "|" + BARE.pattern());
    private static final String DOLLAR = "$";

    /// What would be taken for the beginning of a variable, or of what stands for one.
    private static final Pattern MEANT_LITERALLY = Pattern.compile("\\$(?=[${A-Za-z_])");

    public Variables {
        given = Map.copyOf(given);
        inputs = Map.copyOf(inputs);
        environment = Map.copyOf(environment);
    }

    public Variables(Map<String, RawJson> given, Map<String, String> environment) {
        this(given, Map.of(), environment);
    }

    /// A value such that it is read as it is.
    public static RawJson escaped(RawJson value) {
        return switch (value.kind()) {
            case STRING -> RawJson.string(escaped(value.asText().orElseThrow()));
            case ARRAY ->
                RawJson.array(value.elements().stream().map(Variables::escaped).toList());
            case OBJECT -> {
                var fields = new LinkedHashMap<String, RawJson>();
                value.fields().forEach((name, each) -> fields.put(name, escaped(each)));
                yield RawJson.object(fields);
            }
            case NUMBER, BOOLEAN, NULL -> value;
        };
    }

    /// A text such that it is read as it is.
    public static String escaped(String text) {
        return text.startsWith(DOLLAR) && BARE.matcher(text).find()
                ? MEANT_LITERALLY.matcher(text).replaceAll("\\${\\$}")
                : text.replace("${", "$${");
    }

    /// These, with more inputs, which win over those that are there.
    Variables with(Map<String, RawJson> more) {
        var all = new LinkedHashMap<>(inputs);
        all.putAll(more);
        return new Variables(given, all, environment);
    }

    /// A text with everything put in.
    String text(String text) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        return matcher(text).replaceAll(match -> Matcher.quoteReplacement(replacement(match)));
    }

    private static Matcher matcher(String text) {
        return (text.startsWith(DOLLAR) ? ANY : IN_BRACES).matcher(text);
    }

    private String replacement(MatchResult match) {
        if (isEscape(match)) {
            return "${";
        }
        return isDollar(match) ? DOLLAR : plain(lookup(name(match)));
    }

    /// A value: text that is one variable and nothing else becomes that variable's value, whatever it is.
    RawJson value(String text) {
        Matcher matcher = matcher(text);
        boolean isVariable = matcher.matches() && !isEscape(matcher) && !isDollar(matcher);
        return isVariable ? lookup(name(matcher)) : RawJson.string(text(text));
    }

    /// The names in a text that nothing is known of.
    List<String> unknown(String text) {
        return matcher(text)
                .results()
                .filter(match -> !isEscape(match) && !isDollar(match))
                .map(Variables::name)
                .filter(name -> !given.containsKey(name) && !inputs.containsKey(name) && !environment.containsKey(name))
                .toList();
    }

    private static boolean isEscape(MatchResult match) {
        return match.group(1) != null;
    }

    private static boolean isDollar(MatchResult match) {
        return DOLLAR.equals(match.group(2));
    }

    private static String name(MatchResult match) {
        return match.group(2) == null ? match.group(3) : match.group(2);
    }

    private RawJson lookup(String name) {
        RawJson value = given.getOrDefault(name, inputs.get(name));
        return value != null ? value : RawJson.string(environment.getOrDefault(name, ""));
    }

    private static String plain(RawJson value) {
        return value.asText().orElseGet(value::toString);
    }
}
