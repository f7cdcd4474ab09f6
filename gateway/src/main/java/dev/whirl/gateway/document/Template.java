package dev.whirl.gateway.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A value made of text and of fields of the request: `Bearer $(request.query.token)`.
public record Template(List<Part> parts) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([^()]{1,256})\\)");

    public Template {
        parts = List.copyOf(parts);
    }

    /// A piece of it.
    public sealed interface Part {
        record Text(String text) implements Part {}

        record Reference(Mapping.Field field) implements Part {}
    }

    static Template parse(String text) throws InvalidApiException {
        var parts = new ArrayList<Part>();
        Matcher matcher = REFERENCE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            addText(parts, text.substring(end, matcher.start()));
            parts.add(new Part.Reference(Fields.parse(matcher.group(1))));
            end = matcher.end();
        }
        addText(parts, text.substring(end));
        return new Template(parts);
    }

    /// The field that it consists of, if it is nothing else.
    public Optional<Mapping.Field> onlyField() {
        return parts.size() == 1 && parts.getFirst() instanceof Part.Reference(Mapping.Field field)
                ? Optional.of(field)
                : Optional.empty();
    }

    private static void addText(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
    }
}
