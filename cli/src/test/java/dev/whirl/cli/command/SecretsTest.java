package dev.whirl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SecretsTest {
    private final Secrets secrets = new Secrets("uuid:k3y-of-mine", "t0ken");

    @Test
    void theKeyAndTheTokenOfTheGatewayAreMaskedWhereverTheyStand() {
        assertThat(secrets.masked("k3y-of-mine, {\"accesstoken\":\"t0ken\"} and ?accesstoken=t%30ken&x=t0ken"))
                .isEqualTo("(not shown), {\"accesstoken\":\"(not shown)\"} and ?accesstoken=(not shown)&x=(not shown)");
    }

    @Test
    void ofASecretThatBeginsWithAnotherNothingIsLeft() {
        learn("\"abcd\"");
        learn("\"abcd1234\"");

        assertThat(secrets.masked("abcd1234 {\"a\":\"abcd1234\"} abcd"))
                .isEqualTo("(not shown) {\"a\":\"(not shown)\"} (not shown)");
    }

    @Test
    void aSecretThatIsANumberIsMaskedWhereItIsAWholeOne() {
        learn("123");

        assertThat(secrets.masked("{\"value\":123,\"as\":\"123\",\"other\":[1234,0.123,-123,123e4]}"))
                .isEqualTo("{\"value\":(not shown),\"as\":\"(not shown)\",\"other\":[1234,0.123,-123,123e4]}");
        assertThat(secrets.masked("123")).isEqualTo("(not shown)");
    }

    @Test
    void shortTextIsMaskedWhereItIsAWholeOne() {
        learn("\"key\"");

        assertThat(secrets.masked("{\"key\":\"keys\"}")).isEqualTo("{\"(not shown)\":\"keys\"}");
    }

    private void learn(String secret) {
        String body = "[{\"key\":\"require-whisk-auth\",\"value\":%s}]".formatted(secret);
        secrets.learn(body.getBytes(StandardCharsets.UTF_8));
    }
}
