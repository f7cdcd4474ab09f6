package dev.whirl.sandbox.process.network;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A range of IPv4 addresses that begin alike.
///
/// @param address its first address
/// @param prefixBits how many bits they have in common
public record Cidr(int address, int prefixBits) {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:/(\\d{1,2}))?");
    private static final int ALL_BITS = 32;
    private static final int MAX_BYTE = 255;

    /// Reads `10.0.0.0/8`, or an address alone. Bits beyond the prefix are ignored.
    public static Optional<Cidr> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int bits = matcher.group(5) == null ? ALL_BITS : Integer.parseInt(matcher.group(5));
        int address = 0;
        for (int i = 1; i <= 4; i++) {
            int part = Integer.parseInt(matcher.group(i));
            if (part > MAX_BYTE) {
                return Optional.empty();
            }
            address = address << 8 | part;
        }
        return bits > ALL_BITS ? Optional.empty() : Optional.of(new Cidr(address & mask(bits), bits));
    }

    private static int mask(int bits) {
        return bits == 0 ? 0 : -1 << (ALL_BITS - bits);
    }

    @Override
    public String toString() {
        return "%d.%d.%d.%d/%d"
                .formatted(
                        address >>> 24,
                        address >>> 16 & MAX_BYTE,
                        address >>> 8 & MAX_BYTE,
                        address & MAX_BYTE,
                        prefixBits);
    }
}
