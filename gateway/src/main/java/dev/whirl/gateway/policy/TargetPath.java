package dev.whirl.gateway.policy;

import dev.whirl.gateway.document.Segment;
import dev.whirl.gateway.policy.Rewriting.RefusedException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills values into the parameters of a target's path. No value leads to another place than the document names: not
/// by itself, not together with the text beside it, and not if somebody on the way decodes it once more (attack 33).
///
/// @param values by the names of parameters, as they are meant
record TargetPath(Map<String, String> values) {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^{}/]+)}");

    /// What some programs take for the end of a segment, and escapes that somebody may decode.
    private static final Pattern AMBIGUOUS = Pattern.compile("[/\\\\;\\x00-\\x1f\\x7f]|%[0-9A-Fa-f]{2}");

    /// @param template a path as in an address, with parameters in braces
    /// @throws RefusedException if a value is missing, or can't be part of a path
    String filled(String template) throws RefusedException {
        if (template.indexOf('{') < 0) {
            return template;
        }
        var filled = new StringBuilder();
        Matcher matcher = PARAMETER.matcher(template);
        while (matcher.find()) {
            String name = matcher.group(1);
            matcher.appendReplacement(filled, Matcher.quoteReplacement(Rewriting.encoded(value(name))));
        }
        String path = matcher.appendTail(filled).toString();
        for (String segment : path.split("/")) {
            if (!segment.isEmpty() && Segment.read(segment).isEmpty()) {
                throw new RefusedException("the values for the path of this API's target lead out of it");
            }
        }
        return path;
    }

    private String value(String name) throws RefusedException {
        String value = values.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new RefusedException("the value for {%s} in the path is missing".formatted(name));
        }
        if (value.equals(".") || value.equals("..") || AMBIGUOUS.matcher(value).find()) {
            throw new RefusedException("the value for {%s} can't be part of a path".formatted(name));
        }
        return value;
    }
}
