package dev.whirl.cli.yaml;

/// A file that is not as it should be. The message names the place.
public final class YamlException extends Exception {
    YamlException(String message) {
        super(message);
    }

    public static YamlException at(YamlNode.Place place, String what) {
        return new YamlException(place + ": " + what);
    }
}
