package dev.whirl.gateway.route;

import dev.whirl.gateway.document.ApiPlan.Operation;
import java.util.List;
import java.util.Map;

/// What a path means.
public sealed interface Match {
    /// @param parameters of the path, decoded
    /// @param rest the path below the base path, as it was sent; empty or with a slash before it
    record Found(PlannedApi api, Operation operation, Map<String, String> parameters, String rest) implements Match {
        public Found {
            parameters = Map.copyOf(parameters);
        }
    }

    /// The path is there, the verb is not.
    ///
    /// @param verbs that are there
    /// @param answersOptions whether the API wants the gateway to answer OPTIONS
    record WrongVerb(List<String> verbs, boolean answersOptions) implements Match {
        public WrongVerb {
            verbs = List.copyOf(verbs);
        }
    }

    record Nothing() implements Match {}
}
