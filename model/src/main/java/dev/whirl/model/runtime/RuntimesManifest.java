package dev.whirl.model.runtime;

import static dev.whirl.common.Preconditions.require;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Which kinds this installation offers (row K-1). The form is OpenWhisk's `runtimes.json`, with `aliases` added.
///
/// @param kinds in the order of the file
/// @param nativeImages images whose actions run on the runtime for executables, `prefix/name` without tag
public record RuntimesManifest(List<RuntimeKind> kinds, List<String> nativeImages) {
    public RuntimesManifest {
        kinds = List.copyOf(kinds);
        nativeImages = List.copyOf(nativeImages);
        requireDefaults(kinds);
    }

    /// Reads the JSON form.
    ///
    /// @throws IllegalArgumentException saying which kind is wrong and how
    public static RuntimesManifest parse(RawJson json) {
        var kinds = new ArrayList<RuntimeKind>();
        RawJson families = json.field("runtimes").orElse(RawJson.EMPTY_OBJECT);
        families.fields().forEach((family, list) -> list.elements().forEach(each -> kinds.add(kind(family, each))));
        List<String> images = json.field("blackboxes").orElse(RawJson.EMPTY_ARRAY).elements().stream()
                .map(each -> text(each, "prefix") + "/" + text(each, "name"))
                .toList();
        return new RuntimesManifest(kinds, images);
    }

    /// The runtime that serves a kind, which may be an alias of it.
    public Optional<RuntimeKind> serving(String kind) {
        return kinds.stream()
                .filter(each -> each.kind().equals(kind) || each.aliases().contains(kind))
                .findFirst();
    }

    /// What is stored for a kind that a user asked for: `<family>:default` becomes the default's name, everything
    /// else
    /// stays as it is (row R-63).
    public String resolve(String asked) {
        return kinds.stream()
                .filter(each -> each.isDefault() && asked.equals(each.family() + ":default"))
                .map(RuntimeKind::kind)
                .findFirst()
                .orElse(asked);
    }

    /// Every kind that can be asked for by its name, sorted.
    public List<String> names() {
        return kinds.stream()
                .flatMap(each -> Stream.concat(Stream.of(each.kind()), each.aliases().stream()))
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    public Map<String, List<RuntimeKind>> byFamily() {
        return byFamily(kinds);
    }

    private static Map<String, List<RuntimeKind>> byFamily(List<RuntimeKind> kinds) {
        var families = new LinkedHashMap<String, List<RuntimeKind>>();
        kinds.forEach(each ->
                families.computeIfAbsent(each.family(), _ -> new ArrayList<>()).add(each));
        return families;
    }

    private static void requireDefaults(List<RuntimeKind> kinds) {
        byFamily(kinds).forEach((family, members) -> {
            long defaults = members.stream().filter(RuntimeKind::isDefault).count();
            require(
                    members.size() == 1 || defaults == 1,
                    "family '%s' has %d default kinds and needs exactly one",
                    family,
                    defaults);
        });
    }

    private static RuntimeKind kind(String family, RawJson json) {
        RawJson image = json.field("image").orElse(RawJson.EMPTY_OBJECT);
        return new RuntimeKind(
                family,
                text(json, "kind"),
                json.field("aliases").orElse(RawJson.EMPTY_ARRAY).elements().stream()
                        .flatMap(each -> each.asText().stream())
                        .toList(),
                flag(json, "default"),
                flag(json, "deprecated"),
                flag(json, "requireMain"),
                imageName(image),
                json.field("stemCells").orElse(RawJson.EMPTY_ARRAY).elements().stream()
                        .map(RuntimesManifest::stemCell)
                        .toList());
    }

    private static String imageName(RawJson image) {
        String registry = image.field("registry")
                .flatMap(RawJson::asText)
                .map(each -> each + "/")
                .orElse("");
        String prefix = image.field("prefix")
                .flatMap(RawJson::asText)
                .map(each -> each + "/")
                .orElse("");
        String tag = image.field("tag").flatMap(RawJson::asText).orElse("latest");
        return registry + prefix + text(image, "name") + ":" + tag;
    }

    private static RuntimeKind.StemCell stemCell(RawJson json) {
        RawJson count = json.field("initialCount").or(() -> json.field("count")).orElse(RawJson.NULL);
        return new RuntimeKind.StemCell(
                Math.toIntExact(count.asWholeNumber().orElse(0L)), ByteSize.parse(text(json, "memory")));
    }

    private static String text(RawJson json, String field) {
        return json.field(field)
                .flatMap(RawJson::asText)
                .orElseThrow(() -> new IllegalArgumentException("'%s' is missing in %s".formatted(field, json)));
    }

    private static boolean flag(RawJson json, String field) {
        return json.field(field).flatMap(RawJson::asBoolean).orElse(false);
    }
}
