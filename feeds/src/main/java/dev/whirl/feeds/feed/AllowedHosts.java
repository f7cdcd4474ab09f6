package dev.whirl.feeds.feed;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Which hosts feeds may connect to. Whoever runs the platform lists them: a feed's connections come from inside of it,
/// where databases and the metadata of a cloud are in reach that a user's functions must not see.
///
/// @param patterns `host`, `host:port`, `*.domain`, or `*` for every host
public record AllowedHosts(List<String> patterns) {
    public static final AllowedHosts ALL = new AllowedHosts(List.of("*"));

    public AllowedHosts {
        patterns = List.copyOf(patterns);
    }

    /// @param text patterns with commas between
    public static AllowedHosts parse(String text) {
        return new AllowedHosts(Arrays.stream(text.split(","))
                .map(each -> each.strip().toLowerCase(Locale.ROOT))
                .filter(each -> !each.isEmpty())
                .toList());
    }

    /// @param host a name or an address
    public boolean allows(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        return patterns.stream()
                .anyMatch(each -> each.equals("*")
                        || each.equals(name)
                        || each.equals(name + ":" + port)
                        || (each.startsWith("*.") && name.endsWith(each.substring(1))));
    }

    /// @throws InvalidFeedException 403 if it is not allowed
    public void require(String host, int port) throws InvalidFeedException {
        if (!allows(host, port)) {
            throw new InvalidFeedException(
                    403,
                    "Feeds may not connect to %s:%d here: whoever runs the platform can allow it (feeds.allowed-hosts)."
                            .formatted(host, port));
        }
    }
}
