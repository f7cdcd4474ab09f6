package dev.whirl.invoker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.invoker.scripted.Script;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.activation.StorageLevel;
import dev.whirl.model.entity.Parameter;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.secret.Algorithm;
import dev.whirl.model.secret.ParameterEncryption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Encrypted arguments on their way into a sandbox.
@Tag("R-73")
@Tag("I-55")
class LockedArgumentsTest {
    @RegisterExtension
    final OpenInvokers invokers = new OpenInvokers();

    @Test
    void aFunctionGetsThemDecrypted() {
        InvokerFixture fixture = open(keys(1, Algorithm.AES_256));

        Activation result = fixture.run(call(fixture, keys(1, Algorithm.AES_256)));

        assertThat(result.response().status()).isEqualTo(Status.SUCCESS);
        assertThat(fixture.sandboxes.started.getFirst().runs.getFirst().body().toString())
                .contains("\"value\":{\"name\":\"you\",\"secret\":{\"a\":[1]}}");
    }

    @Test
    @Tag("R-14")
    void thoseForTheEnvironmentAreDecryptedToo() {
        InvokerFixture fixture = open(keys(1, Algorithm.AES_256));
        Invocation call = call(fixture, keys(1, Algorithm.AES_256), "secret");

        fixture.run(call);

        var sandbox = fixture.sandboxes.started.getFirst();
        assertThat(sandbox.inits.getFirst().body().toString()).contains("\"secret\":\"{\\\"a\\\":[1]}\"");
        assertThat(sandbox.runs.getFirst().body().toString()).contains("\"value\":{\"name\":\"you\"}");
    }

    @Test
    void valuesOfTheOtherAlgorithmStayReadable() {
        InvokerFixture fixture = open(keys(1, Algorithm.AES_256));

        Activation result = fixture.run(call(fixture, keys(1, Algorithm.AES_128)));

        assertThat(result.response().status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void aWrongKeyIsThePlatformsFaultAndNothingIsShownOrSent() {
        InvokerFixture fixture = open(keys(2, Algorithm.AES_256));
        Invocation call = call(fixture, keys(1, Algorithm.AES_256));

        Activation result = fixture.run(call);

        OpenInvokers.assertPlatformFault(
                result, "The parameter 'secret' is encrypted with 'aes-256' and could not be decrypted.");
        assertThat(fixture.record(call.id())).map(Activation::response).contains(result.response());
        assertThat(fixture.sandboxes.started).allSatisfy(each -> {
            assertThat(each.inits).isEmpty();
            assertThat(each.runs).isEmpty();
        });
    }

    @Test
    void aWarmSandboxSurvivesAnArgumentThatCantBeDecrypted() {
        InvokerFixture fixture = open(keys(2, Algorithm.AES_256));
        Invocation locked = call(fixture, keys(1, Algorithm.AES_256));
        fixture.run(fixture.call("hello", locked.revision()));

        fixture.run(locked);
        fixture.run(fixture.call("hello", locked.revision()));

        assertThat(fixture.sandboxes.started).hasSize(1);
        assertThat(fixture.sandboxes.started.getFirst().runs).hasSize(2);
    }

    private InvokerFixture open(ParameterEncryption encryption) {
        InvokerConfig config = InvokerFixture.config(1024, 100, StorageLevel.ALWAYS);
        return invokers.open(new Script(), InvokerFixture.withEncryption(config, encryption));
    }

    private static Invocation call(InvokerFixture fixture, ParameterEncryption encryption, String... initArguments) {
        Parameters stored =
                encryption.encrypted(new Parameters(List.of(Parameter.of("secret", Samples.json("{'a':[1]}")))));
        Invocation plain = Samples.call("hello", fixture.put("hello"), "{'name':'you'}", initArguments);
        var arguments = new LinkedHashMap<String, RawJson>(plain.arguments().fields());
        arguments.put("secret", stored.list().getFirst().value());
        return Samples.locked(plain, RawJson.object(arguments), stored.locked());
    }

    private static ParameterEncryption keys(int seed, Algorithm current) {
        byte[] small = new byte[16];
        byte[] large = new byte[32];
        small[0] = (byte) seed;
        large[0] = (byte) seed;
        return ParameterEncryption.with(current, Map.of(Algorithm.AES_128, small, Algorithm.AES_256, large));
    }
}
