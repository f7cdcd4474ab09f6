package dev.whirl.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RuntimesManifestTest {
    @Test
    @Tag("K-1")
    void readsFamiliesKindsImagesAndStemCells() throws Exception {
        var manifest = manifest("""
                {"runtimes": {"nodejs": [
                  {"kind": "nodejs:20", "default": true, "aliases": ["nodejs:18"],
                   "image": {"registry": "example.org", "prefix": "openwhisk", "name": "n", "tag": "t"},
                   "stemCells": [{"initialCount": 2, "memory": "256 MB"}]},
                  {"kind": "nodejs:16", "deprecated": true, "image": {"name": "old"}}]},
                 "blackboxes": [{"prefix": "openwhisk", "name": "dockerskeleton"}]}""");

        RuntimeKind node = manifest.serving("nodejs:18").orElseThrow();
        assertThat(node.kind()).isEqualTo("nodejs:20");
        assertThat(node.image()).isEqualTo("example.org/openwhisk/n:t");
        assertThat(node.stemCells()).containsExactly(new RuntimeKind.StemCell(2, ByteSize.mebibytes(256)));
        assertThat(manifest.serving("nodejs:16").orElseThrow().isDeprecated()).isTrue();
        assertThat(manifest.names()).containsExactly("nodejs:16", "nodejs:18", "nodejs:20");
        assertThat(manifest.nativeImages()).containsExactly("openwhisk/dockerskeleton");
    }

    @Test
    @Tag("R-63")
    void onlyTheDefaultOfAFamilyIsResolved() throws Exception {
        var manifest = manifest(
                "{\"runtimes\":{\"nodejs\":[{\"kind\":\"nodejs:20\",\"default\":true,\"aliases\":[\"nodejs:18\"],"
                        + "\"image\":{\"name\":\"n\"}}]}}");

        assertThat(manifest.resolve("nodejs:default")).isEqualTo("nodejs:20");
        assertThat(manifest.resolve("nodejs:18")).isEqualTo("nodejs:18");
        assertThat(manifest.serving("nodejs")).isEmpty();
    }

    @Test
    @Tag("K-1")
    void aFamilyOfSeveralKindsNeedsExactlyOneDefault() {
        assertThatThrownBy(() -> manifest("{\"runtimes\":{\"x\":[{\"kind\":\"x:1\",\"image\":{\"name\":\"n\"}},"
                        + "{\"kind\":\"x:2\",\"image\":{\"name\":\"n\"}}]}}"))
                .hasMessageContaining("family 'x' has 0 default kinds");
    }

    private static RuntimesManifest manifest(String json) throws MalformedJsonException {
        return RuntimesManifest.parse(RawJson.parse(json));
    }
}
