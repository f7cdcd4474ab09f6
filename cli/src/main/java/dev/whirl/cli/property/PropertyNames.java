package dev.whirl.cli.property;

/// How the properties are called in output and in the file.
enum PropertyNames {
    API_HOST("whisk API host", "APIHOST", "\t\t"),
    AUTH("whisk auth", "AUTH", "\t\t"),
    NAMESPACE("whisk namespace", "NAMESPACE", "\t\t"),
    CERT("client cert", "CERT", "\t\t"),
    KEY("Client key", "KEY", "\t\t"),
    API_VERSION("whisk API version", "APIVERSION", "\t"),
    CLI_VERSION("whisk CLI version", "", "\t"),
    API_BUILD("whisk API build", "", "\t\t"),
    API_BUILD_NUMBER("whisk API build number", "", "\t");

    private final String label;
    private final String key;
    private final String gap;

    PropertyNames(String label, String key, String gap) {
        this.label = label;
        this.key = key;
        this.gap = gap;
    }

    /// In the file; empty for what is not stored.
    String key() {
        return key;
    }

    /// The label with the space up to the value.
    String labelAndGap() {
        return label + gap;
    }
}
