package dev.whirl.client.http;

import dev.whirl.client.ApiAddress;
import dev.whirl.client.ProxyAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells the JDK's client by which proxies the environment wants servers to be reached.
final class EnvironmentProxies extends ProxySelector {
    private final Map<String, String> environment;

    EnvironmentProxies(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// The proxy on the way to an address.
    ///
    /// @throws IllegalArgumentException with a reason for the user, if it cannot be used
    Optional<ProxyAddress> find(URI address) {
        String authority = String.valueOf(address.getRawAuthority());
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        return ProxyAddress.of(environment, ApiAddress.parse(address.getScheme() + "://" + host, "v1"));
    }

    @Override
    public List<Proxy> select(URI address) {
        Proxy proxy = find(address)
                .map(each -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(each.host(), each.port())))
                .orElse(Proxy.NO_PROXY);
        return List.of(proxy);
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
        // whoever asked is told
    }
}
