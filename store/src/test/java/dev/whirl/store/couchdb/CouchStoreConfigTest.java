package dev.whirl.store.couchdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.config.ConfigReader.Source;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CouchStoreConfigTest {
    @Test
    void withoutKeysTheDefaultsCount() {
        assertThat(read(Map.of()))
                .isEqualTo(CouchStoreConfig.at(URI.create("http://127.0.0.1:5984"), "", "", "whisk_"));
    }

    @Test
    void everyKeyIsRead() {
        CouchStoreConfig config = read(Map.ofEntries(
                Map.entry("store.couchdb.url", "https://couch.example:6984/db/"),
                Map.entry("store.couchdb.user", "whisk"),
                Map.entry("store.couchdb.password", "some-secret"),
                Map.entry("store.couchdb.prefix", "test_"),
                Map.entry("store.couchdb.connections", "7"),
                Map.entry("store.couchdb.connect-timeout", "1s"),
                Map.entry("store.couchdb.timeout", "4s"),
                Map.entry("store.couchdb.retries", "0"),
                Map.entry("store.couchdb.batch", "9"),
                Map.entry("store.couchdb.batch-delay", "20ms"),
                Map.entry("store.couchdb.staged-code", "1 MB"),
                Map.entry("records.retention-count", "10")));

        assertThat(config.access().url()).hasToString("https://couch.example:6984/db/");
        assertThat(config.access().user()).isEqualTo("whisk");
        assertThat(config.prefix()).isEqualTo("test_");
        assertThat(config.pace())
                .isEqualTo(new CouchStoreConfig.Pace(Duration.ofSeconds(1), Duration.ofSeconds(4), 7, 0));
        assertThat(config.records().batch()).isEqualTo(9);
        assertThat(config.records().delay()).isEqualTo(Duration.ofMillis(20));
        assertThat(config.records().retention().count()).isEqualTo(10);
        assertThat(config.stagedCode().toMebibytes()).isEqualTo(1);
        assertThat(config).asString().doesNotContain("some-secret");
    }

    @Test
    void impossibleValuesAreReportedTogetherAndWithoutSecrets() {
        assertThatThrownBy(() -> read(Map.of(
                        "store.couchdb.url", "http://whisk:some-secret@couch:5984",
                        "store.couchdb.user", "whisk",
                        "store.couchdb.prefix", "Whisk/",
                        "store.couchdb.trust", "/nowhere/ca.pem",
                        "store.couchdb.timeout", "0s",
                        "records.max-pending", "0")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("store.couchdb.url holds a password")
                .hasMessageContaining("store.couchdb.password belong together")
                .hasMessageContaining("store.couchdb.prefix")
                .hasMessageContaining("/nowhere/ca.pem")
                .hasMessageContaining("store.couchdb.timeout must be more than zero")
                .hasMessageContaining("records.max-pending")
                .message()
                .doesNotContain("some-secret");
    }

    private static CouchStoreConfig read(Map<String, String> values) {
        var reader = new ConfigReader(List.of(new Source("--set", values)), Map.of());
        CouchStoreConfig config = CouchStoreConfig.read(reader);
        reader.finish();
        return config;
    }
}
