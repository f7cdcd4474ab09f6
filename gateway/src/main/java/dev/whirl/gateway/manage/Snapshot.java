package dev.whirl.gateway.manage;

import dev.whirl.gateway.document.ApiReader;
import dev.whirl.gateway.document.InvalidApiException;
import dev.whirl.gateway.policy.Subscription;
import dev.whirl.gateway.route.PlannedApi;
import dev.whirl.gateway.route.RouteTable;
import dev.whirl.gateway.store.ApiStore;
import dev.whirl.gateway.store.StoredApi;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything at one moment. Immutable.
///
/// @param apis by tenant and id
record Snapshot(
        Map<String, TreeMap<String, Served>> apis,
        Map<Subscription.Id, Subscription> subscriptions,
        RouteTable routes) {
    static final Snapshot EMPTY = new Snapshot(Map.of(), Map.of(), RouteTable.EMPTY);

    private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

    /// An API, as it is stored and as it is served.
    record Served(StoredApi stored, PlannedApi planned) {}

    /// What can't be served is left out, and told.
    static Snapshot of(ApiStore.Contents contents, ApiReader reader) {
        var apis = new HashMap<String, TreeMap<String, Served>>();
        for (StoredApi each : contents.apis()) {
            try {
                var planned = new PlannedApi(each.tenant(), each.id(), reader.plan(reader.normalized(each.document())));
                apis.computeIfAbsent(each.tenant(), _ -> new TreeMap<>()).put(each.id(), new Served(each, planned));
            } catch (InvalidApiException e) {
                LOG.atWarn()
                        .addKeyValue("api", each.id())
                        .addKeyValue("tenant", each.tenant())
                        .addKeyValue("reason", e.sentence())
                        .log("an API can't be served");
            }
        }
        Map<String, List<PlannedApi>> planned = apis.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> planned(each.getValue().values())));
        planned.values()
                .forEach(each -> RouteTable.collisions(each)
                        .forEach(collision -> LOG.atWarn()
                                .addKeyValue("route", collision.sentence())
                                .log("two APIs collide; the first is served")));
        Map<Subscription.Id, Subscription> subscriptions = contents.subscriptions().stream()
                .collect(Collectors.toMap(Subscription::id, each -> each, (first, _) -> first));
        return new Snapshot(apis, subscriptions, RouteTable.of(planned));
    }

    Collection<Served> apis(String tenant) {
        return apis.getOrDefault(tenant, new TreeMap<>()).values();
    }

    List<String> tenants() {
        return apis.keySet().stream().sorted().toList();
    }

    int count() {
        return apis.values().stream().mapToInt(Map::size).sum();
    }

    Snapshot with(Served api) {
        var own = new TreeMap<>(apis.getOrDefault(api.stored().tenant(), new TreeMap<>()));
        own.put(api.stored().id(), api);
        return withTenant(api.stored().tenant(), own, subscriptions);
    }

    /// With its subscriptions.
    Snapshot without(StoredApi api) {
        var own = new TreeMap<>(apis.getOrDefault(api.tenant(), new TreeMap<>()));
        own.remove(api.id());
        var others = new HashMap<>(subscriptions);
        others.keySet()
                .removeIf(each -> each.api().equals(api.id()) && each.tenant().equals(api.tenant()));
        return withTenant(api.tenant(), own, others);
    }

    Snapshot with(Subscription subscription) {
        var all = new HashMap<>(subscriptions);
        all.put(subscription.id(), subscription);
        return new Snapshot(apis, all, routes);
    }

    Snapshot without(Subscription subscription) {
        var all = new HashMap<>(subscriptions);
        all.remove(subscription.id());
        return new Snapshot(apis, all, routes);
    }

    private Snapshot withTenant(
            String tenant, TreeMap<String, Served> own, Map<Subscription.Id, Subscription> allSubscriptions) {
        var all = new HashMap<>(apis);
        if (own.isEmpty()) {
            all.remove(tenant);
        } else {
            all.put(tenant, own);
        }
        return new Snapshot(all, allSubscriptions, routes.with(tenant, planned(own.values())));
    }

    private static List<PlannedApi> planned(Collection<Served> apis) {
        return apis.stream().map(Served::planned).toList();
    }
}
