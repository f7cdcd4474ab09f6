package dev.whirl.cli.api;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.client.Apis;
import dev.whirl.client.GatewayCaller;
import java.util.function.BiFunction;

/// Makes calls about APIs, in the caller's name (row G-7).
public final class Gateway {
    private Gateway() {}

    /// @param failure such as `Unable to create API`
    public static <T> T call(Session session, String failure, BiFunction<Apis, GatewayCaller, T> calls) {
        String auth = session.settings().auth();
        String tenant = session.property("APIGW_TENANT_ID").orElse(null);
        var caller =
                new GatewayCaller(session.gatewayToken().orElse(GatewayCaller.NO_TOKEN), auth.split(":", 2)[0], tenant);
        try {
            return session.call(failure, client -> calls.apply(client.apis(), caller));
        } catch (CliException e) {
            if (e.exitCode() == ExitCodes.ofStatus(404)
                    && String.valueOf(e.getMessage()).contains("requested resource")) {
                throw e.withHint("Has this server an API gateway? Its package /whisk.system/apimgmt is not there.");
            }
            throw e;
        }
    }
}
