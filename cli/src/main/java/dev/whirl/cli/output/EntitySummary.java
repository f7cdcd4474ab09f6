package dev.whirl.cli.output;

import dev.whirl.client.KeyValues;
import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Two lines about an entity: what it does and which parameters it takes (row L-28). Parameters that are bound
/// carry `*`, and `**` if callers cannot override them.
///
/// @param type `action`, `package`, …
/// @param fullName `/namespace/name`
public record EntitySummary(String type, String fullName, KeyValues annotations, KeyValues parameters) {
    public void print(Terminal out) {
        String about = description().map(text -> ": " + text).orElse("");
        List<String> marked = marked();
        String names = marked.isEmpty() ? "none defined" : String.join(", ", marked);
        out.line(out.bold(type) + " " + fullName + about);
        out.line("   (" + out.bold("parameters") + ": " + names + ")");
    }

    private Optional<String> description() {
        return annotations
                .findText("description")
                .filter(text -> !text.isEmpty())
                .or(() -> names().isEmpty() ? Optional.empty() : Optional.of(fromParameters()));
    }

    private String fromParameters() {
        List<String> names = names();
        if (names.size() == 1) {
            return "Returns a result based on parameter " + names.getFirst();
        }
        return "Returns a result based on parameters " + String.join(", ", names.subList(0, names.size() - 1)) + " and "
                + names.getLast();
    }

    private List<String> marked() {
        String mark = annotations.isTrue("final") ? "**" : "*";
        var bound = parameters.elements().keySet();
        return names().stream()
                .map(name -> bound.contains(name) ? mark + name : name)
                .toList();
    }

    /// Bound and documented parameters, sorted.
    private List<String> names() {
        Stream<String> documented = annotations.find("parameters").stream()
                .flatMap(array -> array.elements().stream())
                .map(each -> each.field("name").flatMap(RawJson::asText))
                .flatMap(Optional::stream);
        var names = new TreeSet<String>(parameters.keys());
        documented.forEach(names::add);
        return new ArrayList<>(names);
    }
}
