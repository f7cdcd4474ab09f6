package dev.whirl.controller.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConfigTest {
    @ParameterizedTest
    @ValueSource(strings = {"http.max-content-size", "http.max-uri-size", "http.max-headers-size"})
    void sizesThatTheServerCannotCountAreRefusedAtItsStart(String key) {
        for (String size : new String[] {"4 GB", "2 GB", "0 B"}) {
            assertThatThrownBy(() -> read(Map.of(key, size)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(key + " must be from 1 B to");
        }
    }

    @Test
    void sizesThatItCanCountAreTaken() {
        assertThat(read(Map.of("http.max-content-size", "1 GB")).maxContent()).isEqualTo(ByteSize.mebibytes(1024));
    }

    private static HttpConfig read(Map<String, String> values) {
        var reader = new ConfigReader(List.of(new ConfigReader.Source("--set", values)), Map.of());
        HttpConfig config = HttpConfig.read(reader);
        reader.finish();
        return config;
    }
}
