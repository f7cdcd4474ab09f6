package dev.whirl.sandbox.image;

import dev.whirl.common.config.ConfigReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Settings about images that all backends have which run images.
public final class ImageSettings {
    private ImageSettings() {}

    /// @param prefix of the backend's keys, with a dot at its end
    /// @return images by kind, in place of those of the manifest
    public static Map<String, String> images(ConfigReader reader, String prefix) {
        String text = reader.text(
                prefix + "images",
                "",
                "Images in place of those of the manifest: nodejs:20=whirl/runtime-nodejs:0.1.0, …");
        return pairs(reader, prefix + "images", text, "KIND=IMAGE");
    }

    /// @param others are asked too
    /// @return where images of users come from; empty means from any registry
    public static Set<String> registries(
            ConfigReader reader, String prefix, String meaning, Collection<String> others) {
        List<String> named = words(reader.text(prefix + "registries", "docker.io, ghcr.io, quay.io", meaning));
        return named.contains("*")
                ? Set.of()
                : Stream.concat(named.stream(), others.stream()).collect(Collectors.toSet());
    }

    /// Words of the form `LEFT=RIGHT`, with commas or spaces between; what is none is reported.
    public static Map<String, String> pairs(ConfigReader reader, String key, String text, String form) {
        var pairs = new HashMap<String, String>();
        for (String word : words(text)) {
            int equals = word.indexOf('=');
            if (equals <= 0 || equals == word.length() - 1) {
                reader.problem("%s: '%s' is not %s".formatted(key, word, form));
            } else {
                pairs.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return pairs;
    }

    /// Words with commas or spaces between.
    public static List<String> words(String text) {
        return Stream.of(text.split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
    }
}
