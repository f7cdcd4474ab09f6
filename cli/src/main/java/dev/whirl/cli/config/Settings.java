package dev.whirl.cli.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the server is and who we are. Prints without the key.
///
/// @param apiHost as users write it; empty if it is not set
/// @param auth `uuid:key`; empty if it is not set
/// @param namespace of names without one
/// @param cert file of the client certificate; empty for none
/// @param key file of its private key; empty for none
public record Settings(String apiHost, String auth, String apiVersion, String namespace, String cert, String key) {
    public static final String DEFAULT_API_VERSION = "v1";

    /// Flags win over the environment, and the environment over the file. Pure.
    public static Settings of(Overrides flags, Map<String, String> environment, Map<String, String> file) {
        return new Settings(
                first(flags.apiHost(), environment.get("WHISK_APIHOST"), file.get("APIHOST"), ""),
                first(flags.auth(), environment.get("WHISK_AUTH"), file.get("AUTH"), ""),
                first(
                        flags.apiVersion(),
                        environment.get("WHISK_APIVERSION"),
                        file.get("APIVERSION"),
                        DEFAULT_API_VERSION),
                first(null, null, file.get("NAMESPACE"), "_"),
                first(flags.cert(), null, file.get("CERT"), ""),
                first(flags.key(), null, file.get("KEY"), ""));
    }

    /// These, with values from a project where no flag says otherwise; null leaves as it is.
    public Settings with(
            Overrides flags,
            @Nullable String otherApiHost,
            @Nullable String otherAuth,
            @Nullable String otherNamespace) {
        return new Settings(
                first(flags.apiHost(), otherApiHost, null, apiHost),
                first(flags.auth(), otherAuth, null, auth),
                apiVersion,
                first(null, otherNamespace, null, namespace),
                cert,
                key);
    }

    /// What was given as flags; null for what was not.
    public record Overrides(
            @Nullable String apiHost,
            @Nullable String auth,
            @Nullable String apiVersion,
            @Nullable String cert,
            @Nullable String key) {
        @Override
        public String toString() {
            return "Overrides[apiHost=" + apiHost + ", apiVersion=" + apiVersion + "]";
        }
    }

    @Override
    public String toString() {
        return "Settings[apiHost=" + apiHost + ", apiVersion=" + apiVersion + ", namespace=" + namespace + "]";
    }

    private static String first(
            @Nullable String flag, @Nullable String variable, @Nullable String property, String otherwise) {
        if (flag != null && !flag.isEmpty()) {
            return flag;
        }
        if (variable != null && !variable.isEmpty()) {
            return variable;
        }
        return property != null && !property.isEmpty() ? property : otherwise;
    }
}
