package dev.whirl.store;

import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
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
import dev.whirl.model.entity.Rule;
import dev.whirl.model.entity.Trigger;
import dev.whirl.model.entity.Version;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Entities, records and invocations for tests.
public final class Examples {
    public static final NamespaceName GUEST = new NamespaceName("guest");
    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    public static final CodeRef CODE = new CodeRef("ab".repeat(32), 12, false);

    private Examples() {}

    public static EntityId id(String name) {
        return EntityId.of(GUEST, new EntityName(name));
    }

    public static EntityId id(String pkg, String name) {
        return new EntityId(GUEST, new EntityName(pkg), new EntityName(name));
    }

    public static Action action(String name, Instant updated) {
        return action(id(name), CODE, updated);
    }

    public static Action action(EntityId id, CodeRef code, Instant updated) {
        return new Action(
                id,
                new Exec.Code("nodejs:20", code, "main"),
                new Parameters(List.of(Parameter.of("greeting", RawJson.string("hi")))),
                ActionLimits.DEFAULT,
                Version.FIRST,
                Annotations.NONE.with("exec", RawJson.string("nodejs:20")),
                updated);
    }

    public static Activation record(String name, Instant start) {
        return record(ActivationId.random(), GUEST, name, start);
    }

    public static Activation record(ActivationId id, NamespaceName namespace, String name, Instant start) {
        return record(id, namespace, name, start, RawJson.object("id", RawJson.string(id.value())));
    }

    public static Activation record(
            ActivationId id, NamespaceName namespace, String name, Instant start, RawJson result) {
        return new Activation(
                namespace,
                new EntityName(name),
                Version.FIRST,
                "guest",
                id,
                start,
                start.plusMillis(5),
                Duration.ofMillis(5),
                null,
                ActivationResponse.success(result),
                List.of("2026-11-22T12:00:00.000000000Z stdout: hello"),
                Annotations.NONE.with("path", RawJson.string(namespace + "/" + name)));
    }

    public static Activation annotated(Activation record, String key, String value) {
        return new Activation(
                record.namespace(),
                record.name(),
                record.version(),
                record.subject(),
                record.id(),
                record.start(),
                record.end(),
                record.duration(),
                record.cause(),
                record.response(),
                record.logs(),
                record.annotations().with(key, RawJson.string(value)));
    }

    public static Subject subject(String name, String namespace, String uuid) {
        return new Subject(name, List.of(membership(namespace, uuid)), false);
    }

    public static Subject.Membership membership(String namespace, String uuid) {
        return new Subject.Membership(new NamespaceName(namespace), new AuthKey(uuid, "secret-of-" + uuid));
    }

    public static ActionPackage pkg(String name, boolean isPublic, Instant updated) {
        return new ActionPackage(id(name), null, Parameters.NONE, Version.FIRST, isPublic, Annotations.NONE, updated);
    }

    public static ActionPackage binding(String name, EntityId target, Instant updated) {
        return new ActionPackage(id(name), target, Parameters.NONE, Version.FIRST, true, Annotations.NONE, updated);
    }

    public static Trigger trigger(String name, Instant updated) {
        return new Trigger(id(name), Parameters.NONE, new LinkedHashMap<>(), Version.FIRST, Annotations.NONE, updated);
    }

    public static Rule rule(String name, EntityId trigger, EntityId action, Instant updated) {
        return new Rule(id(name), trigger, action, Version.FIRST, Annotations.NONE, updated);
    }

    public static Invocation invocation(ActivationId id, Instant createdAt) {
        return invocation(id, createdAt, RawJson.object("name", RawJson.string("Anna")));
    }

    /// Of a caller who waits: nothing was promised.
    public static Invocation blocking(ActivationId id, Instant createdAt) {
        return invocation(id, createdAt, RawJson.EMPTY_OBJECT, true);
    }

    public static Invocation invocation(ActivationId id, Instant createdAt, RawJson arguments) {
        return invocation(id, createdAt, arguments, false);
    }

    private static Invocation invocation(ActivationId id, Instant createdAt, RawJson arguments, boolean isBlocking) {
        var key = new AuthKey("23bc46b1", "123zO3");
        return new Invocation(
                new TransactionId("transaction1"),
                id,
                id("tools", "hello"),
                "1-abc",
                null,
                new Identity("guest", new Namespace(GUEST, key.uuid()), key, NamespaceLimits.NONE),
                arguments,
                List.of("token"),
                Map.of(),
                isBlocking,
                !isBlocking,
                null,
                new ControllerId(0),
                createdAt);
    }
}
