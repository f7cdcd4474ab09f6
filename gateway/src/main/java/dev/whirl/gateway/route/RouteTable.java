package dev.whirl.gateway.route;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The routes of all tenants. Immutable.
public final class RouteTable {
    public static final RouteTable EMPTY = new RouteTable(Map.of());

    private final Map<String, Routes> tenants;

    private RouteTable(Map<String, Routes> tenants) {
        this.tenants = tenants;
    }

    /// What would collide if these were all APIs of one tenant.
    public static List<Collision> collisions(Collection<PlannedApi> apisOfOneTenant) {
        return Routes.of(apisOfOneTenant).collisions();
    }

    /// The table with other APIs of one tenant. Of routes that collide the first counts.
    public RouteTable with(String tenant, Collection<PlannedApi> apis) {
        var changed = new HashMap<>(tenants);
        if (apis.isEmpty()) {
            changed.remove(tenant);
        } else {
            changed.put(tenant, Routes.of(apis));
        }
        return new RouteTable(changed);
    }

    /// A table of these.
    public static RouteTable of(Map<String, ? extends Collection<PlannedApi>> apis) {
        var tenants = new HashMap<String, Routes>();
        apis.forEach((tenant, each) -> tenants.put(tenant, Routes.of(each)));
        return new RouteTable(tenants);
    }

    /// @param path its first segment is the tenant
    public Match find(String verb, SafePath path) {
        Routes routes =
                path.segments().isEmpty() ? null : tenants.get(path.segments().getFirst());
        return routes == null ? new Match.Nothing() : routes.find(verb, path, 1);
    }
}
