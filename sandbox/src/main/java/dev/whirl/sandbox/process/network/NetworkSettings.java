package dev.whirl.sandbox.process.network;

import dev.whirl.common.config.ConfigReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The network of all sandboxes of a server.
///
/// @param apiHost address of this platform's REST API, as this machine sees it
/// @param denied what a filtered network does not reach, besides what none ever does
public record NetworkSettings(Network kind, String apiHost, List<Cidr> denied) {
    private static final String PREFIX = "sandbox.process.";

    /// Private networks, and one that devices are tested in.
    private static final String STANDARD_DENIED =
            "10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.0.0.0/24, 192.168.0.0/16, 198.18.0.0/15";

    public NetworkSettings {
        denied = List.copyOf(denied);
    }

    public static NetworkSettings read(ConfigReader reader) {
        var kind = reader.choice(
                PREFIX + "network",
                Network.HOST,
                "What functions can reach: what this machine can, the API and the outside, or nothing.");
        String apiHost = reader.text(
                PREFIX + "api-host",
                "http://localhost:3233",
                "Address of this platform's API that functions find in __OW_API_HOST.");
        String denied = reader.text(
                PREFIX + "network-deny",
                STANDARD_DENIED,
                "IPv4 networks that functions can't reach with network=filtered, besides this machine, link-local and "
                        + "metadata addresses, which they never can.");
        return new NetworkSettings(kind, apiHost, denied(denied, reader));
    }

    private static List<Cidr> denied(String text, ConfigReader reader) {
        var found = new ArrayList<Cidr>();
        for (String word : text.strip().split("[,\\s]+")) {
            if (word.isEmpty()) {
                continue;
            }
            Optional<Cidr> network = Cidr.parse(word);
            network.ifPresent(found::add);
            if (network.isEmpty()) {
                reader.problem(PREFIX + "network-deny: '" + word + "' is not an IPv4 network such as 10.0.0.0/8");
            }
        }
        return found;
    }
}
