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
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything at one moment. Immutable.
///
/// @param apis by tenant and id
record Snapshot(
        Map<String, TreeMap<String, Kept>> apis, Map<Subscription.Id, Subscription> subscriptions, RouteTable routes) {
    static final Snapshot EMPTY = new Snapshot(Map.of(), Map.of(), RouteTable.EMPTY);

    private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

    /// An API that is stored.
    sealed interface Kept {
        StoredApi stored();
    }

    /// An API, as it is stored and as it is served.
    record Served(StoredApi stored, PlannedApi planned) implements Kept {}

    /// An API that today's rules refuse. It has no routes, but can be seen, replaced and deleted.
    ///
    /// @param reason a sentence
    record Unservable(StoredApi stored, String reason) implements Kept {}

    /// @param before what is the same as in this is not planned again
    static Snapshot of(ApiStore.Contents contents, ApiReader reader, Snapshot before) {
        var apis = new HashMap<String, TreeMap<String, Kept>>();
        for (StoredApi each : contents.apis()) {
            Kept known =
                    before.apis.getOrDefault(each.tenant(), new TreeMap<>()).get(each.id());
            Kept kept = known != null && known.stored().equals(each) ? known : planned(each, reader);
            apis.computeIfAbsent(each.tenant(), _ -> new TreeMap<>()).put(each.id(), kept);
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

    /// What can't be served is told once.
    private static Kept planned(StoredApi api, ApiReader reader) {
        try {
            var plan = reader.plan(reader.normalized(api.document()));
            return new Served(api, new PlannedApi(api.tenant(), api.id(), plan));
        } catch (InvalidApiException e) {
            LOG.atWarn()
                    .addKeyValue("api", api.id())
                    .addKeyValue("tenant", api.tenant())
                    .addKeyValue("reason", e.sentence())
                    .log("an API can't be served");
            return new Unservable(api, e.sentence());
        }
    }

    Collection<Kept> apis(String tenant) {
        return apis.getOrDefault(tenant, new TreeMap<>()).values();
    }

    List<String> tenants() {
        return apis.keySet().stream().sorted().toList();
    }

    /// How many are served.
    long count() {
        return apis.values().stream()
                .flatMap(each -> each.values().stream())
                .filter(Served.class::isInstance)
                .count();
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
            String tenant, TreeMap<String, Kept> own, Map<Subscription.Id, Subscription> allSubscriptions) {
        var all = new HashMap<>(apis);
        if (own.isEmpty()) {
            all.remove(tenant);
        } else {
            all.put(tenant, own);
        }
        return new Snapshot(all, allSubscriptions, routes.with(tenant, planned(own.values())));
    }

    static List<PlannedApi> planned(Collection<Kept> apis) {
        return apis.stream()
                .flatMap(each -> each instanceof Served served ? Stream.of(served.planned()) : Stream.empty())
                .toList();
    }
}
