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
    public static final String TRANSFER_ENCODING_UNKNOWN = "The request's Transfer-Encoding is not supported.";
    public static final String HTTP_VERSION_UNKNOWN = "Only HTTP/1.1 is supported.";

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
    public static final String SEQUENCES_NOT_YET = "This version of the platform does not run sequences yet.";
    public static final String PARAMETERS_MALFORMED = "parameters malformed!";
    public static final String PARAMETER_KEY_EMPTY = "parameter key must not be empty";
    public static final String DEL_ANNOTATIONS_MALFORMED = "'delAnnotations' must be an array of strings";
    public static final String VERSION_MALFORMED = "'version' must be a string such as '0.0.1'";
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

    public static final String NAMESPACE_BLOCKED = "The action was not invoked due to a blacklisted namespace.";
    public static final String ACTION_GONE = "Action could not be found or may have been deleted.";
    public static final String ACTION_CHANGED = "Action version is not compatible and cannot be invoked.";
    public static final String ACTION_UNREADABLE = "Action could not be fetched.";

    // Outcomes of activations: R-138, K-12 to K-15, 1.11
    public static final String INIT_DIED = "The action did not initialize and exited unexpectedly.";
    public static final String RUN_DIED = "The action did not produce a valid response and exited unexpectedly.";
    public static final String OUT_OF_MEMORY = "The action exhausted its memory and was aborted.";
    public static final String NO_RESOURCES = "Failed to provision resources to run the action.";

    /// Nobody's action is at fault if this machine lacks what it needs.
    public static String runtimeNotHere(String kind, String reason) {
        return "The runtime '%s' is not available on this platform: %s.".formatted(kind, reason);
    }

    public static String imageNeedsDocker(String image) {
        return "The image '%s' can only be run where Docker is, and this platform runs actions as processes."
                .formatted(image);
    }

    public static String initFailed(String body) {
        return body.isEmpty()
                ? "The action failed during initialization."
                : "The action failed during initialization: " + body;
    }

    public static String responseInvalid(String body) {
        return body.isEmpty()
                ? "The action did not produce a valid JSON or JSON Array response."
                : "The action did not produce a valid JSON or JSON Array response: " + body;
    }

    public static String timedOut(Duration limit) {
        return "The action exceeded its time limits of %d milliseconds.".formatted(limit.toMillis());
    }

    public static String timedOutInInit(Duration limit) {
        return "The action exceeded its time limits of %d milliseconds during initialization."
                .formatted(limit.toMillis());
    }

    public static String resultTooLarge(long size, long max, String beginning) {
        return ("The action produced a response that exceeded the allowed length: %d > %d bytes. "
                        + "The truncated response was: %s")
                .formatted(size, max, beginning);
    }

    /// The record of an activation that was accepted, may have started, and whose server died (design, decision 7).
    public static final String LOST_IN_CRASH =
            "The platform stopped while this activation may have been running. It was not run again.";

    // Logs: R-134
    public static final String LOGS_INCOMPLETE =
            "There was an issue while collecting your logs. Data might be missing.";
    public static final String LOGS_OF_FAILURE =
            "The action did not initialize or run as expected. Log data might be missing.";

    public static String logsTruncated(ByteSize limit) {
        return "Logs were truncated because the total bytes size exceeds the limit of %d bytes."
                .formatted(limit.bytes());
    }
}
