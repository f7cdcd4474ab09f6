package dev.whirl.sandbox.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.json.RawJson;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("attack-9")
class BridgeOrderTest {
    private static final BridgeOrder ORDER = new BridgeOrder("whirl1", "whirl1", Map.of("owner", "me"), false);

    @Test
    void whatWasOrderedIsAsItShouldBe() {
        assertThat(ORDER.differences(ORDER.toJson())).isEmpty();
        assertThat(ORDER.isOurs(ORDER.toJson())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"Driver\":\"bridge\" | \"Driver\":\"macvlan\" | Driver is not bridge",
                "\"Internal\":false | \"Internal\":true | Internal is not false",
                "\"EnableIPv6\":false | \"EnableIPv6\":true | EnableIPv6 is not false",
                "enable_icc\":\"false\" | enable_icc\":\"true\" | com.docker.network.bridge.enable_icc is not false",
                "bridge.name\":\"whirl1\" | bridge.name\":\"br0\" | com.docker.network.bridge.name is not whirl1"
            })
    void whatIsOtherwiseIsFound(String wanted, String found, String difference) throws Exception {
        RawJson network = RawJson.parse(ORDER.toJson().toString().replace(wanted, found));

        assertThat(ORDER.differences(network)).containsExactly(difference);
        assertThat(ORDER.isOurs(network)).isTrue();
    }

    @Test
    void oneThatSaysNothingIsNeitherRightNorOurs() throws Exception {
        RawJson bare = RawJson.parse("{\"Name\":\"whirl1\",\"Options\":null,\"Labels\":{}}");

        assertThat(ORDER.differences(bare)).hasSize(4);
        assertThat(ORDER.isOurs(bare)).isFalse();
    }
}
