package dev.whirl.cli.project;

import dev.whirl.cli.api.ApiTarget;
import dev.whirl.cli.api.Gateway;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ApiDescription;
import dev.whirl.client.ApiQuery;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the gateway serves at the moment.
record ServedApis(Session session) {
    /// The operations below some base paths, each as those spell it.
    Set<ApiTarget> targets(Collection<String> basePaths) {
        var targets = new HashSet<ApiTarget>();
        for (String base : basePaths) {
            List<ApiDescription> found = Gateway.call(
                    session,
                    "Unable to look at API '%s'".formatted(base),
                    (apis, caller) -> apis.list(caller, new ApiQuery(base, null, null), null));
            found.forEach(api -> api.operations().forEach(each -> targets.add(target(base, each))));
        }
        return targets;
    }

    private static ApiTarget target(String base, ApiDescription.Operation operation) {
        return new ApiTarget(base, operation.path(), operation.verb().toUpperCase(Locale.ROOT));
    }
}
