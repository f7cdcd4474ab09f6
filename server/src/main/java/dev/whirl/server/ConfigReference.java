package dev.whirl.server;

import dev.whirl.common.config.ConfigKey;
import java.util.Collection;

/// Writes the reference page of all configuration keys from the code that reads them.
final class ConfigReference {
    private ConfigReference() {}

    static String page(Collection<ConfigKey> keys) {
        var text = new StringBuilder("""
                # Configuration

                <!-- Generated from the code. To renew it: mvn -pl server test -Dtest=ConfigReferenceTest -Dwhirl.regenerate=true -->

                A key can be set in the file given by `--config` (`key = value`), in the environment (`limits.fires-per-minute` is \
                `WHIRL_LIMITS_FIRES_PER_MINUTE`), or on the command line (`--set key=value`). The later wins. \
                Sizes are written as `512 KB`, `256 MB`, `2 GB` (powers of 1024), durations as `100ms`, `30s`, `5m`, `12h`, `7d`.

                Keys of `bus.kafka` and `store.couchdb` count for `whirl controller` and `whirl invoker` only, whose limits \
                begin with OpenWhisk's own. `whirl gateway` reads the keys of `http` and `gateway` only, and listens on port 8080 \
                where nothing else is set; `whirl feeds` those of `http`, `access`, `store.couchdb` and `feeds`, on port 8081 (it passes over `bus.kafka`).

                | key | values | default | meaning |
                |---|---|---|---|
                """);
        keys.forEach(key -> text.append("| `%s` | %s | %s | %s |%n"
                .formatted(key.name(), key.type(), shown(key.defaultText()), key.meaning())));
        return text.toString();
    }

    private static String shown(String defaultText) {
        return defaultText.isEmpty() ? "" : "`" + defaultText + "`";
    }
}
