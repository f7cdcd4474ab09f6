package dev.whirl.sandbox.docker.engine;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What bridge network to make: its containers do not reach each other, and speak IPv4 only, for which there are rules.
///
/// @param device what the bridge is called on the engine's machine
/// @param labels say whose it is
/// @param isInternal whether it leads nowhere
public record BridgeOrder(String name, String device, Map<String, String> labels, boolean isInternal) {
    private static final String DRIVER = "bridge";

    public BridgeOrder {
        labels = Map.copyOf(labels);
    }

    RawJson toJson() {
        var out = new JsonWriter().startObject();
        out.field("Name", name).field("Driver", DRIVER).field("CheckDuplicate", true);
        out.field("Internal", isInternal).field("EnableIPv6", false);
        out.name("Options").startObject();
        new TreeMap<>(options()).forEach(out::field);
        out.endObject().name("Labels").startObject();
        labels.forEach(out::field);
        return out.endObject().endObject().toRawJson();
    }

    /// Whether a network that is there was made by us.
    boolean isOurs(RawJson found) {
        return differences(found, "Labels", labels).isEmpty();
    }

    /// What is otherwise in a network that is there; empty if nothing is.
    List<String> differences(RawJson found) {
        var all = new ArrayList<String>();
        if (!found.field("Driver")
                .flatMap(RawJson::asText)
                .filter(DRIVER::equals)
                .isPresent()) {
            all.add("Driver is not " + DRIVER);
        }
        if (!found.field("Internal")
                .flatMap(RawJson::asBoolean)
                .filter(each -> each == isInternal)
                .isPresent()) {
            all.add("Internal is not " + isInternal);
        }
        if (found.field("EnableIPv6").flatMap(RawJson::asBoolean).orElse(false)) {
            all.add("EnableIPv6 is not false");
        }
        all.addAll(differences(found, "Options", options()));
        return all;
    }

    private Map<String, String> options() {
        return Map.of("com.docker.network.bridge.enable_icc", "false", "com.docker.network.bridge.name", device);
    }

    private static List<String> differences(RawJson found, String field, Map<String, String> wanted) {
        Optional<RawJson> values = found.field(field).filter(RawJson::isObject);
        return new TreeMap<>(wanted)
                .entrySet().stream()
                        .filter(each -> !values.flatMap(all -> all.field(each.getKey()))
                                .flatMap(RawJson::asText)
                                .filter(each.getValue()::equals)
                                .isPresent())
                        .map(each -> "%s is not %s".formatted(each.getKey(), each.getValue()))
                        .toList();
    }
}
