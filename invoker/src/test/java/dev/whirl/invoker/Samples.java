package dev.whirl.invoker;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Version;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.runtime.RuntimesManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// An action, its caller and a call, for tests.
public final class Samples {
    public static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    public static final Identity GUEST = new Identity(
            "guest-subject",
            new Namespace(new NamespaceName("guest"), "uuid-1"),
            new AuthKey("uuid-1", "s3cret"),
            NamespaceLimits.NONE);
    public static final ActionLimits LIMITS =
            new ActionLimits(Duration.ofSeconds(5), ByteSize.mebibytes(256), ByteSize.mebibytes(10), 1, null);

    private Samples() {}

    public static RawJson json(String text) {
        try {
            return RawJson.parse(text.replace('\'', '"'));
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    public static EntityId id(String name) {
        return EntityId.of(GUEST.namespace().name(), new EntityName(name));
    }

    public static Exec.Code code(String kind) {
        return new Exec.Code(kind, new CodeRef("0".repeat(64), 10, false), null);
    }

    public static Action action(String name, Exec exec, ActionLimits limits, Annotations annotations) {
        return new Action(id(name), exec, Parameters.NONE, limits, new Version(0, 0, 7), annotations, NOON);
    }

    public static Action action(String name) {
        return action(name, code("nodejs:20"), LIMITS, Annotations.NONE);
    }

    public static Invocation call(String action, String revision, String arguments, String... initArguments) {
        return new Invocation(
                new TransactionId("transaction-1"),
                ActivationId.random(),
                id(action),
                revision,
                null,
                GUEST,
                json(arguments),
                List.of(initArguments),
                Map.of(),
                true,
                false,
                null,
                new ControllerId(0),
                NOON);
    }

    /// With extra logging asked for.
    public static Invocation traced(Invocation of) {
        return new Invocation(
                of.transaction().traced(),
                of.id(),
                of.action(),
                of.revision(),
                of.binding(),
                of.caller(),
                of.arguments(),
                of.initArguments(),
                of.lockedArguments(),
                of.isBlocking(),
                of.isAccepted(),
                of.cause(),
                of.replyTo(),
                of.createdAt());
    }

    public static Invocation causedBy(Invocation of, ActivationId cause) {
        return new Invocation(
                of.transaction(),
                of.id(),
                of.action(),
                of.revision(),
                of.binding(),
                of.caller(),
                of.arguments(),
                of.initArguments(),
                of.lockedArguments(),
                of.isBlocking(),
                of.isAccepted(),
                cause,
                of.replyTo(),
                of.createdAt());
    }

    public static Invocation calledThrough(Invocation of, EntityId binding) {
        return new Invocation(
                of.transaction(),
                of.id(),
                of.action(),
                of.revision(),
                binding,
                of.caller(),
                of.arguments(),
                of.initArguments(),
                of.lockedArguments(),
                of.isBlocking(),
                of.isAccepted(),
                of.cause(),
                of.replyTo(),
                of.createdAt());
    }

    public static Invocation asCallerWith(Invocation of, NamespaceLimits limits) {
        Identity was = of.caller();
        var caller = new Identity(was.subject(), was.namespace(), was.key(), limits);
        return new Invocation(
                of.transaction(),
                of.id(),
                of.action(),
                of.revision(),
                of.binding(),
                caller,
                of.arguments(),
                of.initArguments(),
                of.lockedArguments(),
                of.isBlocking(),
                of.isAccepted(),
                of.cause(),
                of.replyTo(),
                of.createdAt());
    }

    /// With other arguments, some of them encrypted.
    public static Invocation locked(Invocation of, RawJson arguments, Map<String, String> locked) {
        return new Invocation(
                of.transaction(),
                of.id(),
                of.action(),
                of.revision(),
                of.binding(),
                of.caller(),
                arguments,
                of.initArguments(),
                locked,
                of.isBlocking(),
                of.isAccepted(),
                of.cause(),
                of.replyTo(),
                of.createdAt());
    }

    public static RuntimesManifest manifest() {
        return RuntimesManifest.parse(json("""
                {'runtimes': {
                  'nodejs': [{'kind': 'nodejs:20', 'default': true, 'aliases': ['nodejs:18'],
                              'image': {'prefix': 'openwhisk', 'name': 'action-nodejs-v20', 'tag': 'nightly'},
                              'stemCells': [{'count': 1, 'memory': '256 MB'}]}],
                  'swift': [{'kind': 'swift:5.7', 'default': true,
                              'image': {'prefix': 'openwhisk', 'name': 'action-swift-v5.7', 'tag': 'nightly'}}]},
                 'blackboxes': [{'prefix': 'openwhisk', 'name': 'dockerskeleton', 'tag': 'nightly'}]}"""));
    }
}
