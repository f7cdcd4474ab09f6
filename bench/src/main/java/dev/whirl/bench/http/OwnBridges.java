package dev.whirl.bench.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The bridges of this machine that lead to its own containers, and not to a network outside as well.
final class OwnBridges {
    private static final Path INTERFACES = Path.of("/sys/class/net");

    private OwnBridges() {}

    /// Whether an address is one behind a bridge of this machine.
    static boolean leadTo(InetAddress address) {
        try (Stream<NetworkInterface> all = NetworkInterface.networkInterfaces()) {
            return all.filter(each -> Files.isDirectory(INTERFACES.resolve(each.getName(), "bridge")))
                    .filter(each -> !hasDevice(each.getName()))
                    .flatMap(each -> each.getInterfaceAddresses().stream())
                    .anyMatch(each -> isWithin(address, each.getAddress(), each.getNetworkPrefixLength()));
        } catch (SocketException e) {
            return false;
        }
    }

    /// Whether one of a bridge's ports is a real network card; where that can't be seen it counts as one.
    private static boolean hasDevice(String bridge) {
        try (Stream<Path> ports = Files.list(INTERFACES.resolve(bridge, "brif"))) {
            return ports.anyMatch(
                    port -> Files.exists(INTERFACES.resolve(port.getFileName().toString(), "device")));
        } catch (IOException e) {
            return true;
        }
    }

    /// Whether two addresses begin with the same bits.
    static boolean isWithin(InetAddress address, InetAddress other, int prefixBits) {
        byte[] one = address.getAddress();
        byte[] two = other.getAddress();
        if (one.length != two.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if ((one[bit / Byte.SIZE] & mask) != (two[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
