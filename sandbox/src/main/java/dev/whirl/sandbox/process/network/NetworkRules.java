package dev.whirl.sandbox.process.network;

import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a filtered network reaches, as input for `ip -batch`.
///
/// These are policies of the kernel's packet transformation, for their `block`: unlike routes they see ports, and hold
/// for packets that code sends through a device of its choice (SO_BINDTODEVICE, for which the kernel overlooks routes
/// that forbid) or to a group. Code in the sandbox can't change them, nor except a socket from them.
final class NetworkRules {
    private static final int NAME_PORT = 53;

    /// Never reached. Metadata services of clouds that are not link-local are those of Alibaba, Azure and Oracle.
    private static final List<String> NEVER = List.of(
            VirtualNetwork.RANGE,
            "0.0.0.0/8",
            "127.0.0.0/8", // through another device than the sandbox's own loopback, which has no policies
            "169.254.0.0/16",
            "100.100.100.200/32",
            "168.63.129.16/32",
            "192.0.0.192/32",
            "224.0.0.0/3", // groups, reserved, broadcast
            "::/0");

    private NetworkRules() {}

    /// @param own addresses of this machine
    static String text(ApiWay api, List<Cidr> denied, Collection<String> own) {
        var lines = new StringBuilder("link set lo up\n");
        api.addresses().forEach(address -> allow(lines, address + "/32 proto tcp dport " + api.port()));
        allow(lines, "%s/32 proto udp dport %d".formatted(VirtualNetwork.NAMES, NAME_PORT));
        allow(lines, "%s/32 proto tcp dport %d".formatted(VirtualNetwork.NAMES, NAME_PORT));
        allow(lines, "::1/128");
        var blocked = new TreeSet<>(NEVER);
        denied.forEach(network -> blocked.add(network.toString()));
        own.forEach(address -> blocked.add(address + "/32"));
        blocked.forEach(network -> add(lines, network, "block priority 2"));
        return lines.toString();
    }

    /// The IPv4 addresses that this machine has now.
    static Set<String> ownAddresses() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(address -> address.getHostAddress())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void allow(StringBuilder lines, String selector) {
        add(lines, selector, "allow priority 1");
    }

    private static void add(StringBuilder lines, String selector, String what) {
        lines.append("xfrm policy add dir out dst %s action %s\n".formatted(selector, what));
    }
}
