package dev.whirl.gateway.document;

import java.util.List;
import java.util.Set;

/// What is served of an API document.
///
/// @param name title of the API
/// @param basePath begins with a slash and has none at its end; empty for the root
/// @param answersOptions whether the gateway itself answers OPTIONS and sets the headers of CORS
/// @param secretHeaders in which clients show their secrets, in lower case: they are for the gateway alone
public record ApiPlan(
        String name, String basePath, boolean answersOptions, Set<String> secretHeaders, List<Operation> operations) {
    public ApiPlan {
        secretHeaders = Set.copyOf(secretHeaders);
        operations = List.copyOf(operations);
    }

    /// One verb at one path.
    ///
    /// @param verb in upper case
    /// @param segments of the path below the base path; a parameter stands in braces
    /// @param security any of these must be fulfilled; empty: open to all
    /// @param limits all of these count
    /// @param hasOwnLimits whether the limits are its own; others are those of the API
    public record Operation(
            String verb,
            List<String> segments,
            Execution execution,
            List<Security> security,
            List<RateLimit> limits,
            boolean hasOwnLimits) {
        public Operation {
            segments = List.copyOf(segments);
            security = List.copyOf(security);
            limits = List.copyOf(limits);
        }

        /// Requests to all operations of an API with the same counter count together.
        public String counter() {
            return hasOwnLimits ? verb + " /" + String.join("/", segments) : "";
        }
    }

    /// What is done with a request: its fields are changed in this order, then it goes on.
    ///
    /// @param verb of the call; empty keeps the caller's
    public record Execution(List<Mapping> mappings, Target target, String verb) {
        public Execution {
            mappings = List.copyOf(mappings);
        }
    }
}
