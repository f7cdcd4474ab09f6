package dev.whirl.model;

import dev.whirl.common.units.ByteSize;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;

/// Every sentence that a user can see, in one place. Those of OpenWhisk are kept word for word, spelling
/// included: clients
/// and tests compare them (rows of part 1).
public final class Messages {
    private Messages() {}

    // Names and paths
    public static final String NAME_ILLEGAL = "The name of the entity contains illegal characters.";
    public static final String NAMESPACE_ILLEGAL = "The namespace contains illegal characters.";
    public static final String ACTIVATION_ID_ILLEGAL = "The activation id is not valid.";

    public static String nameTooLong(int length, int max) {
        return "Name segement longer than allowed: %d > %d.".formatted(length, max);
    }

    public static String namespaceTooLong(int length, int max) {
        return "Namespace longer than allowed: %d > %d.".formatted(length, max);
    }

    public static String activationIdLength(int length, int expected) {
        return "Activation id length is %d but must be %d.".formatted(length, expected);
    }

    public static String packageNameReserved(String name) {
        return "Package name '%s' is reserved.".formatted(name);
    }

    public static String activationNameFilterMalformed(String filter) {
        return "Parameter may be a 'simple' name or 'package-name/simple' name: " + filter;
    }

    public static String epochMalformed(String text) {
        return "Parameter is not a valid value for epoch seconds: " + text;
    }

    public static final String DOCS_WITH_COUNT = "The parameter 'docs' is not permitted with 'count'.";

    // The transport
    public static final String ROUTE_NOT_FOUND = "The requested resource could not be found.";
    public static final String CREDENTIALS_MISSING =
            "The resource requires authentication, which was not supplied with the request";
    public static final String CREDENTIALS_INVALID = "The supplied authentication is invalid";
    public static final String CONTENT_TYPE_NOT_JSON =
            "The request's Content-Type is not supported. Expected:\napplication/json";
    public static final String EXPECTED_OBJECT = "Object expected";
    public static final String TARGET_MALFORMED = "The address of the request is malformed.";
    public static final String REQUEST_BROKEN =
            "The request is malformed: its first line, headers or length are broken or contradict each other.";
    public static final String BODY_ENDS_TOO_EARLY = "the connection ended before the body was complete";
    public static final String CONTENT_ENCODING_UNKNOWN =
            "The request's Content-Encoding is not supported, or the request is malformed: send the body as it is.";
    public static final String TRANSFER_ENCODING_UNKNOWN = "The request's Transfer-Encoding is not supported.";
    public static final String HTTP_VERSION_UNKNOWN = "Only HTTP/1.0 and HTTP/1.1 are supported.";

    public static final String CONTROLLER_DISABLED = "This controller was disabled by its operator.";
    public static final String HTTP_VERSION_TOO_OLD =
            "This answer is too large for HTTP/1.0. Ask again with HTTP/1.1, or for less.";
    public static final String MEMORY_IN_USE = "The server's memory for large requests and answers is in use at the"
            + " moment. Nothing was changed; try again in a few seconds.";
    public static final String STORE_UNAVAILABLE =
            "The server cannot reach its store or has no disk space left. Try again later.";
    public static final String TOO_MANY_FAILED_LOGINS =
            "Too many requests with wrong credentials came from this address in the last minute.";

    public static final String STOPPING = unavailable("it is stopping");
    public static final String BUS_UNAVAILABLE = unavailable("it cannot reach its message bus");
    public static final String INVOKERS_FULL = unavailable("all invokers are full and none became free in time");
    public static final String ARGUMENTS_HELD =
            unavailable("the arguments of calls under way take all memory for them");
    public static final String COMPOSITIONS_HELD =
            unavailable("too many sequences and compositions are under way, or hold too much between their steps");
    public static final String FIRING_TOO_SLOW = unavailable("the rules before this one waited too long for room");

    public static String firingTooLarge(long max) {
        return unavailable("the arguments of all rules of one firing are more than %d bytes".formatted(max));
    }

    public static final String RETRY_OF_COMPOSITE =
            "Sequences and compositions are not tried again; put the annotation 'retry' on the actions that need it.";

    public static String deadLetterElsewhere(String trigger, String namespace) {
        return "The deadLetter '%s' of the annotation 'retry' must be a trigger in the namespace '%s'."
                .formatted(trigger, namespace);
    }

    /// @param reason what none of them has
    public static String noneFits(String reason) {
        return unavailable(reason);
    }

    /// @param summary how the invokers do, in a few words
    public static String noInvokers(String summary) {
        return unavailable("no invoker takes work (" + summary + ")");
    }

    /// With the reason, for every 503 (rows ).
    private static String unavailable(String reason) {
        return "The server is currently unavailable: " + reason + ".";
    }

    public static final String TOO_MANY_OPERATOR_LOGINS =
            "Too many requests with a wrong password of the operator came in the last minute.";

    public static String notABoolean(String value) {
        return "'%s' is not a valid Boolean value".formatted(value);
    }

    public static String methodNotAllowed(Collection<String> methods) {
        return "HTTP method not allowed, supported methods: " + String.join(", ", methods);
    }

    public static String contentMalformed(String detail) {
        return "The request content was malformed:\n" + detail;
    }

    public static String requirementFailed(String detail) {
        return contentMalformed("requirement failed: " + detail);
    }

    public static String queryMalformed(String parameter, String detail) {
        return "The query parameter '%s' was malformed:\n%s".formatted(parameter, detail);
    }

    // Lists: R-11
    public static String listLimitOutOfRange(String value, int max, String collection) {
        return "The value '%s' is not in the range of 0 to %d for %s.".formatted(value, max, collection);
    }

    public static String listSkipOutOfRange(String value, String collection) {
        return "The value '%s' is not greater than or equal to 0 for %s.".formatted(value, collection);
    }

    public static String notAnInteger(String value, String collection) {
        return "The value '%s' is not an integer for %s.".formatted(value, collection);
    }

    // Entities
    public static final String CONCURRENT_CHANGE = "Concurrent modification to resource detected.";
    public static final String OTHER_COLLECTION = "Resource by this name exists but is not in this collection.";
    public static final String CORRUPTED = "Resource is corrupted and cannot be read.";
    public static final String EXISTS = "resource already exists";
    public static final String EXEC_UNDEFINED = "exec undefined";
    public static final String RESOURCE_NOT_FOUND = "The requested resource does not exist.";

    public static final String NOT_ON_BINDING = "Operation not permitted on package binding.";

    public static String resourceNotFound(String path) {
        return "The requested resource '%s' does not exist.".formatted(path);
    }

    public static String notAuthorizedFor(String resource) {
        return "The supplied authentication is not authorized to access '%s'.".formatted(resource);
    }

    public static String kindNotAuthorized(String kind) {
        return "The supplied authentication is not authorized to access actions of kind '%s'.".formatted(kind);
    }

    public static String runtimeDeprecated(String kind) {
        return "The '%s' runtime is no longer supported. You may read and delete but not update or invoke this action."
                .formatted(kind);
    }

    public static final String KIND_UNDEFINED = "'kind' must be a string defined in 'exec'";

    public static String kindUnsupported(String kind, Collection<String> valid) {
        return "The specified runtime '%s' is not supported by this platform. Valid values are: %s."
                .formatted(kind, valid.stream().map("'%s'"::formatted).collect(Collectors.joining(", ")));
    }

    public static String codeUndefined(String kind) {
        return "'code' must be a string or attachment object defined in 'exec' for '%s' actions".formatted(kind);
    }

    public static String mainUndefined(String kind) {
        return "'main' must be a string defined in 'exec' for '%s' actions".formatted(kind);
    }

    public static String mainMalformed(String kind) {
        return "if defined, 'main' be a string in 'exec' for '%s' actions".formatted(kind);
    }

    public static final String IMAGE_UNDEFINED = "'image' must be a string defined in 'exec' for 'blackbox' actions";
    public static final String IMAGE_MALFORMED = "could not parse image name";
    public static final String COMPONENTS_MALFORMED = "'components' must be an array";
    public static final String PARAMETERS_MALFORMED = "parameters malformed!";
    public static final String PARAMETER_KEY_EMPTY = "parameter key must not be empty";
    public static final String DEL_ANNOTATIONS_MALFORMED = "'delAnnotations' must be an array of strings";
    public static final String VERSION_MALFORMED = "'version' must be a string such as '0.0.1'";
    public static final String PATH_MALFORMED =
            "the name of an entity must have the form /namespace/name or /namespace/package/name";
    public static final String PUBLISH_MALFORMED = "'publish' must be true or false";
    public static final String LIMITS_MALFORMED = "limits malformed";
    public static final String SIZE_NEGATIVE = "a negative size of an object is not allowed.";

    /// @param limit `time`, `memory`, `log`, `intra concurrency` or `instance concurrency`
    public static String limitNotWhole(String limit) {
        return limit + " limit must be whole number";
    }

    /// @param limit `time`, `memory`, `log` or `concurrency`
    public static String limitMalformed(String limit) {
        return limit + " limit malformed";
    }

    public static final String COMPONENTS_UNDEFINED = "'components' must be defined for sequence kind";

    public static String tooLarge(String field, long size, long max) {
        return "%s larger than allowed: %d > %d bytes.".formatted(field, size, max);
    }

    public static String memoryAbove(ByteSize asked, ByteSize max) {
        return "memory size %d MB exceeds allowed threshold of %d MB".formatted(asked.toMebibytes(), max.toMebibytes());
    }

    public static String memoryBelow(ByteSize asked, ByteSize min) {
        return "memory size %d MB below allowed threshold of %d MB".formatted(asked.toMebibytes(), min.toMebibytes());
    }

    public static String logsAbove(ByteSize asked, ByteSize max) {
        return "log size %d MB exceeds allowed threshold of %d MB".formatted(asked.toMebibytes(), max.toMebibytes());
    }

    public static String logsBelow(ByteSize asked, ByteSize min) {
        return "log size %d MB below allowed threshold of %d MB".formatted(asked.toMebibytes(), min.toMebibytes());
    }

    public static String timeoutAbove(Duration asked, Duration max) {
        return "duration %d milliseconds exceeds allowed threshold of %d milliseconds"
                .formatted(asked.toMillis(), max.toMillis());
    }

    public static String timeoutBelow(Duration asked, Duration min) {
        return "duration %d milliseconds below allowed threshold of %d milliseconds"
                .formatted(asked.toMillis(), min.toMillis());
    }

    public static String concurrencyAbove(long asked, int max) {
        return "concurrency %d exceeds allowed threshold of %d".formatted(asked, max);
    }

    public static String concurrencyBelow(long asked, int min) {
        return "concurrency %d below allowed threshold of %d".formatted(asked, min);
    }

    public static String instancesAboveConcurrency(int namespaceConcurrency) {
        return "Max action instance concurrency must not exceed your namespace concurrency of %d."
                .formatted(namespaceConcurrency);
    }

    // Packages
    public static final String BINDING_TARGET_MISSING = "Binding references a package that does not exist.";
    public static final String BINDING_TARGET_NO_PACKAGE = "Cannot bind to a resource that is not a package.";
    public static final String BINDING_OF_BINDING = "Cannot bind to another package binding.";
    public static final String PACKAGE_NOT_A_BINDING = "Resource is a package and cannot be converted into a binding.";
    public static final String BINDING_MALFORMED = "'binding' must be an object with 'namespace' and 'name'";

    public static String bindingIsCircular(String binding) {
        return "Package binding '%s' contains a circular reference.".formatted(binding);
    }

    public static String packageNotEmpty(long count) {
        return "Package not empty (contains %d %s). Set force param or delete package contents."
                .formatted(count, count == 1 ? "entity" : "entities");
    }

    public static String sharedPackageUnreadable(String pkg) {
        return "GET not permitted for '%s' since it's a shared package".formatted(pkg);
    }

    public static String sharedBindingUnreadable(String binding) {
        return "GET not permitted since %s is a binding of a shared package".formatted(binding);
    }

    public static String sharedActionUnreadable(String action) {
        return "GET not permitted for '%s' since it's an action in a shared package".formatted(action);
    }

    public static String sharedBindingActionUnreadable(String action) {
        return "GET not permitted for '%s'. Resource does not exist or is an action in a shared package binding."
                .formatted(action);
    }

    // Triggers and rules
    public static final String FEED_INVALID = "Feed name is not valid";
    public static final String RULE_INCOMPLETE = "rule requires a valid trigger and a valid action";
    public static final String RULE_STATUS_MISSING = "'status' must be 'active' or 'inactive'";
    public static final String RULE_WITHOUT_TRIGGER = "Only rules with existing triggers can be activated";

    public static String ruleTriggerMissing(String trigger) {
        return "trigger /%s does not exist".formatted(trigger);
    }

    public static String ruleActionMissing(String action) {
        return "action /%s does not exist".formatted(action);
    }

    public static String ruleStateUnknown(String state) {
        return "%s is not a recognized rule state".formatted(state);
    }

    public static String tooManyRules(String trigger, int max) {
        return "The trigger '%s' has %d rules already, as many as a trigger can have.".formatted(trigger, max);
    }

    public static String ruleIsInactive(String rule, String action) {
        return "Rule '%s' is inactive, action '%s' was not activated.".formatted(rule, action);
    }

    // Archives that are refused when they are stored
    public static final String ARCHIVE_UNREADABLE = "The archive is damaged: its table of contents cannot be read.";

    public static String archiveEntryOutside(String entry) {
        return "The archive holds an entry that lies outside of it: '%s'.".formatted(entry);
    }

    public static String archiveTooLarge(long size, long max) {
        return "The archive unpacks to more than allowed: %d > %d bytes.".formatted(size, max);
    }

    public static String archiveTooManyEntries(long count, long max) {
        return "The archive holds more entries than allowed: %d > %d.".formatted(count, max);
    }

    // Invoking
    public static String timeoutParameter(long maxMillis) {
        return "Timeout must be number of milliseconds up to %d.".formatted(maxMillis);
    }

    public static final String PARAMETERS_NOT_ALLOWED =
            "Request defines parameters that are not allowed (e.g., reserved properties).";

    public static String tooManyRequests(long count, long allowed) {
        return "Too many requests in the last minute (count: %d, allowed: %d).".formatted(count, allowed);
    }

    public static String tooManyConcurrent(long count, long allowed) {
        return "Too many concurrent requests in flight (count: %d, allowed: %d).".formatted(count, allowed);
    }

    // Web actions: W-9 to W-11
    public static final String WEB_REQUEST_FAILED = "There was an error processing your request.";
    public static final String WEB_NOT_READY = "Response not yet ready.";
    public static final String WEB_TYPE_MISMATCH = "Response type in header did not match generated content type.";
    public static final String WEB_TYPE_UNKNOWN = "Response did not specify a known content-type.";
    public static final String WEB_PROPERTY_MISSING = "Response does not include requested property.";

    public static String webResultInvalid(String type) {
        return "Response is not valid '%s'.".formatted(type);
    }

    public static final String NAMESPACE_BLOCKED = "The action was not invoked due to a blacklisted namespace.";
    public static final String ACTION_GONE = "Action could not be found or may have been deleted.";
    public static final String ACTION_CHANGED = "Action version is not compatible and cannot be invoked.";
    public static final String ACTION_UNREADABLE = "Action could not be fetched.";

    public static String parameterOfOthers(String name) {
        return "The value of parameter '%s' is encrypted and does not belong to this entity: give the value itself."
                .formatted(name);
    }

    public static String parameterLocked(String name, String algorithm) {
        return "The parameter '%s' is encrypted with '%s' and could not be decrypted.".formatted(name, algorithm);
    }
}
