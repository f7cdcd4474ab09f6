package dev.whirl.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Parameter;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.RetryPolicy;
import dev.whirl.model.entity.Rule;
import dev.whirl.model.entity.Trigger;
import dev.whirl.model.entity.Version;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.Attempt;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StoredDocumentsTest {
    private static final NamespaceName GUEST = new NamespaceName("guest");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");
    private static final CodeRef CODE = new CodeRef("0f".repeat(32), 77, true);
    private static final EntityId HELLO = new EntityId(GUEST, new EntityName("tools"), new EntityName("hello"));

    @Test
    @Tag("I-47")
    void anActionIsReadAsItWasWritten() {
        Action action = action(new Exec.Code("nodejs:20", CODE, "file.main"));

        RawJson document = EntityDocuments.write(action);

        assertThat(EntityDocuments.read(document)).isEqualTo(action);
        assertThat(document.field("_id")).contains(RawJson.string("guest/tools/hello"));
        assertThat(document.field("namespace")).contains(RawJson.string("guest/tools"));
        assertThat(document.field("entityType")).contains(RawJson.string("action"));
        assertThat(document.field("updated")).contains(RawJson.number(NOON.toEpochMilli()));
        assertThat(document.field("limits").map(RawJson::toString))
                .contains("{\"timeout\":1500,\"memory\":128,\"logs\":0,\"concurrency\":5,\"instances\":2}");
    }

    @Test
    @Tag("I-47")
    void actionsOfImagesWithAndWithoutCodeAreReadAsTheyWereWritten() {
        Action bare = action(new Exec.Blackbox("me/image:1", null, null));
        Action withCode = action(new Exec.Blackbox("me/image:1", CODE, "main"));

        assertThat(EntityDocuments.read(EntityDocuments.write(bare))).isEqualTo(bare);
        assertThat(EntityDocuments.read(EntityDocuments.write(withCode))).isEqualTo(withCode);
    }

    @Test
    @Tag("I-47")
    @Tag("R-63")
    void aSequenceIsReadAsItWasWritten() {
        Action sequence = action(new Exec.Sequence(List.of(HELLO, EntityId.of(GUEST, new EntityName("plain")), HELLO)));

        RawJson document = EntityDocuments.write(sequence);

        assertThat(EntityDocuments.read(document)).isEqualTo(sequence);
        assertThat(document.field("exec").map(RawJson::toString))
                .contains("{\"kind\":\"sequence\",\"components\":[{\"path\":\"guest/tools\",\"name\":\"hello\"},"
                        + "{\"path\":\"guest\",\"name\":\"plain\"},{\"path\":\"guest/tools\",\"name\":\"hello\"}]}");
    }

    @Test
    @Tag("I-47")
    @Tag("R-100")
    void packagesAndBindingsAreReadAsTheyWereWritten() {
        ActionPackage pkg = pkg(null, true);
        ActionPackage binding = pkg(EntityId.of(new NamespaceName("other"), new EntityName("tools")), false);

        RawJson document = EntityDocuments.write(pkg);

        assertThat(EntityDocuments.read(document)).isEqualTo(pkg);
        assertThat(document.field("_id")).contains(RawJson.string("guest/bound"));
        assertThat(document.field("entityType")).contains(RawJson.string("package"));
        assertThat(document.field("binding")).contains(RawJson.EMPTY_OBJECT);
        assertThat(document.field("publish")).contains(RawJson.TRUE);
        assertThat(EntityDocuments.read(EntityDocuments.write(binding))).isEqualTo(binding);
        assertThat(EntityDocuments.write(binding).field("binding").map(RawJson::toString))
                .contains("{\"namespace\":\"other\",\"name\":\"tools\"}");
    }

    @Test
    @Tag("I-47")
    @Tag("R-110")
    @Tag("R-121")
    void aTriggerIsReadWithItsRulesAndTheirStatus() {
        Trigger bare = new Trigger(
                EntityId.of(GUEST, new EntityName("event")),
                new Parameters(List.of(Parameter.of("a", RawJson.TRUE))),
                new LinkedHashMap<>(),
                Version.FIRST,
                Annotations.NONE.with("feed", RawJson.string("/whisk.system/alarms/alarm")),
                NOON);
        EntityId on = EntityId.of(GUEST, new EntityName("on"));
        EntityId off = EntityId.of(GUEST, new EntityName("off"));
        Trigger linked = bare.withRule(on, new Trigger.Link(HELLO, true)).withRule(off, new Trigger.Link(HELLO, false));

        RawJson document = EntityDocuments.write(linked);

        assertThat(EntityDocuments.read(EntityDocuments.write(bare))).isEqualTo(bare);
        assertThat(EntityDocuments.read(document)).isEqualTo(linked);
        assertThat(document.field("entityType")).contains(RawJson.string("trigger"));
        assertThat(document.field("rules").map(RawJson::toString))
                .contains("{\"guest/on\":{\"action\":{\"path\":\"guest/tools\",\"name\":\"hello\"},"
                        + "\"status\":\"active\"},\"guest/off\":{\"action\":{\"path\":\"guest/tools\",\"name\":\"hello\"},"
                        + "\"status\":\"inactive\"}}");
        assertThat(linked.withoutRule(on).withoutRule(off)).isEqualTo(bare);
    }

    @Test
    @Tag("I-47")
    @Tag("R-120")
    void aRuleIsReadAsItWasWritten() {
        var rule = new Rule(
                EntityId.of(GUEST, new EntityName("on")),
                EntityId.of(GUEST, new EntityName("event")),
                HELLO,
                new Version(0, 0, 9),
                Annotations.NONE.with("k", RawJson.NULL),
                NOON);

        RawJson document = EntityDocuments.write(rule);

        assertThat(EntityDocuments.read(document)).isEqualTo(rule);
        assertThat(document.field("entityType")).contains(RawJson.string("rule"));
        assertThat(document.field("action").map(RawJson::toString))
                .contains("{\"path\":\"guest/tools\",\"name\":\"hello\"}");
        assertThat(document.field("status")).isEmpty();
    }

    @Test
    @Tag("R-14")
    void parametersKeepWhatIsUndefinedInitAndEncrypted() {
        RawJson document = EntityDocuments.write(action(new Exec.Code("nodejs:20", CODE, null)));

        assertThat(document.field("parameters").map(RawJson::toString))
                .contains("[{\"key\":\"a\",\"value\":{\"b\":[1,null]}},{\"key\":\"none\",\"value\":null},"
                        + "{\"key\":\"secret\",\"value\":\"x\",\"init\":true,\"encryption\":\"aes-256\"}]");
    }

    @Test
    @Tag("R-131")
    void aRecordIsReadAsItWasWritten() {
        Activation record = record(RawJson.object("ü", RawJson.string("\"\n☃")));

        RawJson document = ActivationDocuments.write(record);

        assertThat(ActivationDocuments.read(document)).isEqualTo(record);
        assertThat(document.field("_id")).contains(RawJson.string("guest/" + record.id()));
        assertThat(document.field("response").map(RawJson::fields))
                .hasValueSatisfying(response -> assertThat(response).containsEntry("statusCode", RawJson.number(0)));
    }

    @Test
    @Tag("R-131")
    void aResultOfNullIsNotAMissingResult() {
        Activation record = record(RawJson.NULL);

        assertThat(ActivationDocuments.read(ActivationDocuments.write(record)).response())
                .isEqualTo(record.response());
    }

    @Test
    @Tag("R-132")
    void theShortFormOfARecordHasTheFieldsOfAListRow() {
        Activation record = record(RawJson.TRUE);

        RawJson document = ActivationDocuments.writeSummary(record.summary());

        assertThat(ActivationDocuments.readSummary(document)).isEqualTo(record.summary());
        assertThat(document.fields().keySet())
                .containsExactlyInAnyOrder(
                        "namespace",
                        "name",
                        "version",
                        "publish",
                        "annotations",
                        "activationId",
                        "start",
                        "end",
                        "duration",
                        "cause",
                        "statusCode");
    }

    @Test
    @Tag("A-1")
    void aSubjectHasTheFieldsOfAnOpenWhiskDocument() {
        var subject = new Subject("guest", List.of(new Subject.Membership(GUEST, new AuthKey("u1", "k1"))), true);

        RawJson document = SubjectDocuments.write(subject);

        assertThat(document)
                .hasToString("{\"_id\":\"guest\",\"subject\":\"guest\",\"namespaces\":"
                        + "[{\"name\":\"guest\",\"uuid\":\"u1\",\"key\":\"k1\"}],\"blocked\":true}");
        assertThat(SubjectDocuments.read(document)).isEqualTo(subject);
    }

    @Test
    @Tag("A-2")
    void limitsOfANamespaceHaveOnlyWhatWasSet() {
        var some = new NamespaceLimits(0, null, 5, Set.of("b", "a"), false);

        RawJson document = SubjectDocuments.writeLimits(GUEST, some);

        assertThat(document)
                .hasToString("{\"_id\":\"guest/limits\",\"invocationsPerMinute\":0,\"firesPerMinute\":5,"
                        + "\"allowedKinds\":[\"a\",\"b\"],\"storeActivations\":false}");
        assertThat(SubjectDocuments.readLimits(document)).isEqualTo(some);
        assertThat(SubjectDocuments.readLimits(SubjectDocuments.writeLimits(GUEST, NamespaceLimits.NONE)))
                .isEqualTo(NamespaceLimits.NONE);
    }

    @Test
    @Tag("I-4")
    @Tag("A-4")
    void anInvocationIsReadAsItWasWritten() {
        var key = new AuthKey("u1", "k1:with:colons");
        var caller =
                new Identity("guest", new Namespace(GUEST, "u1"), key, new NamespaceLimits(1, 2, 3, Set.of(), true));
        var invocation = new Invocation(
                new TransactionId("t1"),
                ActivationId.random(),
                HELLO,
                "3-ab",
                EntityId.of(new NamespaceName("guest"), new EntityName("bound")),
                caller,
                RawJson.object("a", RawJson.number(1)),
                List.of("secret"),
                Map.of("secret", "aes-256"),
                true,
                true,
                ActivationId.random(),
                new ControllerId(2),
                NOON);

        assertThat(InvocationDocuments.read(InvocationDocuments.write(invocation)))
                .isEqualTo(invocation);
        var policy = new RetryPolicy(3, Duration.ofMillis(500), "/_/t");
        for (var attempt : List.of(Attempt.first(policy), new Attempt(2, ActivationId.random(), policy))) {
            Invocation tried = invocation.as(ActivationId.random(), attempt, NOON.plusSeconds(1));
            assertThat(InvocationDocuments.read(InvocationDocuments.write(tried)))
                    .isEqualTo(tried);
        }
    }

    @Test
    void damagedDocumentsAreNamedWithTheirFault() throws Exception {
        assertThatThrownBy(() -> EntityDocuments.read(RawJson.TRUE))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessage("The entity document is not a JSON object.");
        assertThatThrownBy(() -> EntityDocuments.read(RawJson.parse("{\"entityType\":\"gizmo\"}")))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessage("The field 'entityType' of the entity document is 'gizmo', which is not known here.");
        assertThatThrownBy(() -> ActivationDocuments.readSummary(RawJson.parse("{\"statusCode\":\"0\"}")))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessage("The field 'statusCode' of the activation summary is not a whole number.");
        assertThatThrownBy(() -> ActivationDocuments.readSummary(RawJson.parse("{\"statusCode\":9}")))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("impossible value");
        assertThatThrownBy(() -> SubjectDocuments.read(RawJson.EMPTY_OBJECT))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessage("The field 'subject' of the subject document is missing.");
    }

    private static ActionPackage pkg(@Nullable EntityId binding, boolean isPublic) {
        return new ActionPackage(
                EntityId.of(GUEST, new EntityName("bound")),
                binding,
                new Parameters(List.of(Parameter.of("a", RawJson.TRUE))),
                Version.FIRST,
                isPublic,
                Annotations.NONE.with("k", RawJson.NULL),
                NOON);
    }

    private static Action action(Exec exec) throws IllegalArgumentException {
        RawJson value = RawJson.object("b", RawJson.array(List.of(RawJson.number(1), RawJson.NULL)));
        return new Action(
                HELLO,
                exec,
                new Parameters(List.of(
                        Parameter.of("a", value),
                        Parameter.of("none", RawJson.NULL),
                        new Parameter("secret", RawJson.string("x"), true, "aes-256"))),
                new ActionLimits(Duration.ofMillis(1500), ByteSize.mebibytes(128), ByteSize.ZERO, 5, 2),
                new Version(1, 2, 3),
                Annotations.NONE.with("final", RawJson.TRUE).with("none", RawJson.NULL),
                NOON);
    }

    private static Activation record(RawJson result) {
        return new Activation(
                GUEST,
                new EntityName("hello"),
                Version.FIRST,
                "annalise",
                ActivationId.random(),
                NOON,
                NOON.plusMillis(7),
                Duration.ofMillis(7),
                ActivationId.random(),
                new ActivationResponse(Status.SUCCESS, result, 12L),
                List.of("2026-11-22T12:00:00.123000000Z stdout: \"ü\"", ""),
                Annotations.NONE.with("path", RawJson.string("guest/hello")));
    }
}
