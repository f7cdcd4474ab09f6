package dev.whirl.controller.api.web;

/// The end of a web action's name in an address: what its result is to become (row W-1).
enum Extension {
    HTTP(".http"),
    JSON(".json"),
    HTML(".html"),
    SVG(".svg"),
    TEXT(".text");

    private final String suffix;

    Extension(String suffix) {
        this.suffix = suffix;
    }

    /// A name without its extension.
    record Split(String name, Extension extension) {}

    /// Takes the extension off a name; a name without one counts as `.http`.
    static Split split(String segment) {
        for (Extension each : values()) {
            if (segment.endsWith(each.suffix)) {
                return new Split(segment.substring(0, segment.length() - each.suffix.length()), each);
            }
        }
        return new Split(segment, HTTP);
    }
}
