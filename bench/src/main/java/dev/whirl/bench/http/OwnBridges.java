package dev.whirl.bench.http;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The bridges of this machine: behind them are its own containers.
final class OwnBridges {
    private static final Path INTERFACES = Path.of("/sys/class/net");

    private OwnBridges() {}

    /// Whether an address is one behind a bridge of this machine.
    static boolean leadTo(InetAddress address) {
        try (Stream<NetworkInterface> all = NetworkInterface.networkInterfaces()) {
            return all.filter(each -> Files.isDirectory(INTERFACES.resolve(each.getName(), "bridge")))
                    .flatMap(each -> each.getInterfaceAddresses().stream())
                    .anyMatch(each -> isWithin(address, each.getAddress(), each.getNetworkPrefixLength()));
        } catch (SocketException e) {
            return false;
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
