package dev.whirl.client;

import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// What a server says about itself at `/` (row R-170): the kinds that it offers, and its limits.
///
/// @param json what the server said
/// @param limits of it
public record ServerDocument(RawJson json, Map<String, RawJson> limits) {
    static ServerDocument read(RawJson json) {
        return new ServerDocument(json, Documents.object(json.fields(), "limits"));
    }

    /// The kinds of which actions may be made, with the default of each family (`nodejs:default`).
    /// Empty if it says nothing of them.
    public List<String> kinds() {
        RawJson families = json.field("runtimes").orElse(RawJson.EMPTY_OBJECT);
        var kinds = new ArrayList<String>();
        families.fields().forEach((family, members) -> {
            members.elements().stream()
                    .filter(each -> !Documents.isTrue(each.fields(), "deprecated"))
                    .forEach(each -> each.field("kind").flatMap(RawJson::asText).ifPresent(kinds::add));
            kinds.add(family + ":default");
        });
        return List.copyOf(kinds);
    }

    /// A limit by its name, such as `sequence_length` or `max_action_memory`; empty if it is not told.
    public OptionalLong limit(String name) {
        return Documents.number(limits, name).map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
