package dev.whirl.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Version;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.ActivationResult;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.EntityChanged;
import dev.whirl.model.message.Heartbeat;
import dev.whirl.model.message.IdentitiesChanged;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Prepare;
import dev.whirl.model.message.SlotFree;
import dev.whirl.model.message.UserEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageDocumentsTest {
    private static final NamespaceName GUEST = new NamespaceName("guest");
    private static final Namespace OWNER = new Namespace(GUEST, "a-uuid");
    private static final EntityId HELLO = new EntityId(GUEST, new EntityName("tools"), new EntityName("hello"));
    private static final EntityId PLAIN = EntityId.of(GUEST, new EntityName("plain one"));
    private static final TransactionId TRACED = new TransactionId("a-transaction", true);
    private static final ActivationId ID = new ActivationId("0123456789abcdef0123456789abcdef");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");

    private static Stream<Message> messages() {
        return Stream.of(
                invocation(RawJson.object("a", RawJson.string("ä\"\n"))),
                invocation(RawJson.EMPTY_ARRAY),
                new Prepare(TRACED, HELLO, "1-abc", OWNER),
                new ActivationResult(TRACED, activation(ActivationResponse.success(RawJson.NULL))),
                new ActivationResult(
                        new TransactionId("other"),
                        activation(ActivationResponse.failure(ActivationResponse.Status.WHISK_ERROR, "no"))),
                new SlotFree(ID, new InvokerId(3), true),
                new SlotFree(ID, new InvokerId(0), false),
                new Heartbeat(new InvokerId(7), ByteSize.mebibytes(2048), ByteSize.bytes(5), Map.of(HELLO, 3), false),
                new Heartbeat(new InvokerId(7), ByteSize.mebibytes(1), ByteSize.ZERO, Map.of(), true),
                new EntityChanged(HELLO),
                new EntityChanged(PLAIN),
                new IdentitiesChanged(),
                event(new UserEvent.Body.Metric(UserEvent.Name.TIMED_RATE_LIMIT, 4)),
                event(new UserEvent.Body.Activation(
                        "guest/tools/hello",
                        ID.value(),
                        1,
                        Duration.ofMillis(5),
                        Duration.ofMillis(1),
                        Duration.ZERO,
                        "nodejs:20",
                        true,
                        256,
                        "sequence",
                        10L,
                        404L)));
    }

    @ParameterizedTest
    @MethodSource("messages")
    @Tag("I-4")
    @Tag("I-5")
    void everyMessageIsReadAsItWasWritten(Message message) {
        assertThat(MessageDocuments.read(MessageDocuments.write(message))).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    @Tag("attack-48")
    void aLaterReleasesMessageIsReadWithoutTheFieldsThatNobodyKnows(Message message) throws Exception {
        String text = new String(MessageDocuments.write(message), StandardCharsets.UTF_8);

        String later = text.replaceFirst("\"v\":1", "\"v\":7,\"novelty\":{\"deep\":[1,{\"v\":2}]}");

        assertThat(text).startsWith("{\"v\":1,");
        assertThat(MessageDocuments.read(later.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(message);
    }

    @Test
    @Tag("I-7")
    void aHeartbeatHasTheFieldsOfAPing() throws Exception {
        var beat = new Heartbeat(new InvokerId(7), ByteSize.mebibytes(2), ByteSize.mebibytes(1), Map.of(), true);

        assertThat(text(beat))
                .startsWith("{\"v\":1,\"name\":{\"instance\":7,\"instanceType\":\"invoker\","
                        + "\"userMemory\":\"2097152 B\",\"busyMemory\":\"1048576 B\",\"tags\":[],"
                        + "\"dedicatedNamespaces\":[]},\"isProven\":true,\"isEnabled\":false,");
    }

    @Test
    @Tag("I-5")
    void aCompletionHasTheFieldsOfAnAck() {
        assertThat(text(new SlotFree(ID, new InvokerId(3), true)))
                .isEqualTo("{\"v\":1,\"activationId\":\"0123456789abcdef0123456789abcdef\",\"isSystemError\":true,"
                        + "\"instance\":{\"instance\":3,\"instanceType\":\"invoker\"}}");
    }

    @Test
    @Tag("I-8")
    void aChangedEntityIsAKey() {
        assertThat(text(new EntityChanged(HELLO))).isEqualTo("{\"v\":1,\"key\":{\"mainId\":\"guest/tools/hello\"}}");
    }

    @Test
    void argumentsTravelAsTheyStand() throws Exception {
        RawJson odd = RawJson.parse("{ \"a\" : 1.0e0 , \"a\":2,\"\\u0041\":[ ] }");

        var read = (Invocation) MessageDocuments.read(MessageDocuments.write(invocation(odd)));

        assertThat(read.arguments().toString()).isEqualTo(odd.toString());
    }

    @Test
    void whatIsNoMessageIsRefusedWithTheReason() {
        assertThatThrownBy(() -> read("{\"v\":1,")).hasMessageContaining("The message is no JSON");
        assertThatThrownBy(() -> read("[]")).hasMessageContaining("The message is not a JSON object");
        assertThatThrownBy(() -> read("{\"v\":2,\"what\":\"ever\"}")).hasMessageContaining("of no message");
        assertThatThrownBy(() -> read("{\"v\":1,\"content\":{}}")).hasMessageContaining("'transid'");
        assertThatThrownBy(() -> read("{\"v\":1,\"key\":{\"mainId\":\"guest\"}}"))
                .hasMessageContaining("'mainId'");
        assertThatThrownBy(() -> read("{\"v\":1,\"isEnabled\":true,\"name\":7}"))
                .isInstanceOf(MalformedDocumentException.class);
    }

    private static Message read(String text) {
        return MessageDocuments.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Message message) {
        return new String(MessageDocuments.write(message), StandardCharsets.UTF_8);
    }

    private static UserEvent event(UserEvent.Body body) {
        return new UserEvent("controller0", body, "guest", "guest", "a-uuid", NOON);
    }

    private static Invocation invocation(RawJson arguments) {
        return new Invocation(
                TRACED,
                ID,
                HELLO,
                "1-abc",
                PLAIN,
                new Identity("guest", OWNER, new AuthKey("a-uuid", "a-secret"), NamespaceLimits.NONE),
                arguments,
                List.of("INIT"),
                Map.of("password", "aes-256"),
                true,
                true,
                ActivationId.random(),
                new ControllerId(2),
                NOON);
    }

    private static Activation activation(ActivationResponse response) {
        return new Activation(
                GUEST,
                new EntityName("hello"),
                Version.FIRST,
                "guest",
                ID,
                NOON,
                NOON.plusMillis(7),
                Duration.ofMillis(7),
                ActivationId.random(),
                response,
                List.of(),
                Annotations.NONE.with("kind", RawJson.string("nodejs:20")));
    }
}
