package dev.whirl.cli.project;

import dev.whirl.cli.api.Gateway;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ApiDescription;
import dev.whirl.client.ApiQuery;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/// What a project added to the gateway, on its way back to a manifest (row L-40): its document if it has one, else the
/// operations of its packages.
///
/// @param told the operations that its marks name, each with the package in whose place it stands
record ExportedGateway(Session session, SequencedMap<ApiOperation, String> told) {
    /// The document that the operations came from. Nobody keeps the file: it is what the gateway serves, without what
    /// others added to the same API.
    ///
    /// @return empty if they came from `apis` in packages, or the gateway serves them no longer
    Optional<RawJson> document() {
        Set<String> basePaths =
                told.keySet().stream().map(api -> api.target().base()).collect(Collectors.toSet());
        boolean isDocument = told.keySet().stream().allMatch(ApiOperation::isOfDocument);
        if (!isDocument || basePaths.size() != 1) {
            return Optional.empty();
        }
        String base = basePaths.iterator().next();
        List<ApiDescription> served = Gateway.call(
                session,
                "Unable to read API '%s'".formatted(base),
                (apis, caller) -> apis.list(caller, new ApiQuery(base, null, null), null));
        Set<String> own = told.keySet().stream().map(ApiOperation::title).collect(Collectors.toSet());
        return served.stream().findFirst().map(api -> OwnOperations.in(api.document(), base, own));
    }

    /// The operations as packages have them; what a manifest cannot tell is left out, with a warning.
    ///
    /// @return by the packages in whose places they stand
    Map<String, ExportedApis> apis() {
        var apis = new LinkedHashMap<String, ExportedApis>();
        told.forEach((api, place) -> {
            if (api.action().isEmpty()) {
                leaveOut(api, "no action is known behind it");
                return;
            }
            String action = ExportedProject.portable(
                    session.name(api.action()), session.settings().namespace());
            if (!apis.computeIfAbsent(place, _ -> new ExportedApis()).add(api, action)) {
                leaveOut(api, "its action answers in another way behind the same path, too");
            }
        });
        return apis;
    }

    private void leaveOut(ApiOperation api, String reason) {
        session.err()
                .warning("%s is left out, since %s: 'wsk project sync' with this manifest would remove it"
                        .formatted(api.title(), reason));
    }
}
