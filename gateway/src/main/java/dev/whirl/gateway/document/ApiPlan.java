package dev.whirl.gateway.document;

import java.util.List;

/// What is served of an API document.
///
/// @param name title of the API
/// @param basePath begins with a slash and has none at its end; empty for the root
/// @param answersOptions whether the gateway itself answers OPTIONS and sets the headers of CORS
public record ApiPlan(String name, String basePath, boolean answersOptions, List<Operation> operations) {
    public ApiPlan {
        operations = List.copyOf(operations);
    }

    /// One verb at one path.
    ///
    /// @param verb in upper case
    /// @param segments of the path below the base path; a parameter stands in braces
    /// @param security any of these must be fulfilled; empty: open to all
    /// @param limits all of these count
    public record Operation(
            String verb, List<String> segments, Execution execution, List<Security> security, List<RateLimit> limits) {
        public Operation {
            segments = List.copyOf(segments);
            security = List.copyOf(security);
            limits = List.copyOf(limits);
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
