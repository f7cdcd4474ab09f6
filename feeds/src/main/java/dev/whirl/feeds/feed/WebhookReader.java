package dev.whirl.feeds.feed;

import dev.whirl.feeds.feed.Signing.Stamp;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Makes webhooks of parameters.
final class WebhookReader {
    private static final int SHORTEST_SECRET = 8;
    private static final long LONGEST_TOLERANCE_SECONDS = 3600;
    private static final String DEFAULT_TOLERANCE = "300";

    private WebhookReader() {}

    static Feed.Webhook read(Arguments arguments) throws InvalidFeedException {
        String word = arguments.text("sender").orElse("hmac");
        Sender sender = InvalidFeedException.required(
                Sender.find(word), "sender parameter must be one of [github, slack, hmac].");
        String secret = InvalidFeedException.required(
                arguments.text("secret"), "webhook trigger feed is missing the secret parameter");
        if (secret.length() < SHORTEST_SECRET) {
            throw InvalidFeedException.badRequest(
                    "the secret parameter must have at least %d characters".formatted(SHORTEST_SECRET));
        }
        return new Feed.Webhook(
                sender,
                switch (sender) {
                    case GITHUB -> Signing.github(secret);
                    case SLACK -> Signing.slack(secret);
                    case HMAC -> hmac(arguments, secret);
                });
    }

    private static Signing hmac(Arguments arguments, String secret) throws InvalidFeedException {
        String algorithm = switch (arguments.text("algorithm").orElse("sha256")) {
            case "sha256" -> "HmacSHA256";
            case "sha512" -> "HmacSHA512";
            case "sha1" -> "HmacSHA1";
            default ->
                throw InvalidFeedException.badRequest("algorithm parameter must be one of [sha256, sha512, sha1].");
        };
        boolean isBase64 = switch (arguments.text("encoding").orElse("hex")) {
            case "hex" -> false;
            case "base64" -> true;
            default -> throw InvalidFeedException.badRequest("encoding parameter must be one of [hex, base64].");
        };
        return new Signing(
                secret,
                header(arguments, "header").orElse("x-signature"),
                algorithm,
                isBase64,
                arguments.text("prefix").orElse(""),
                stamp(arguments).orElse(null));
    }

    private static Optional<Stamp> stamp(Arguments arguments) throws InvalidFeedException {
        Optional<String> header = header(arguments, "timestampHeader");
        if (header.isEmpty()) {
            return Optional.empty();
        }
        String tolerance = arguments.text("tolerance").orElse(DEFAULT_TOLERANCE);
        if (!tolerance.matches("[0-9]{1,4}")
                || Long.parseLong(tolerance) < 1
                || Long.parseLong(tolerance) > LONGEST_TOLERANCE_SECONDS) {
            throw InvalidFeedException.badRequest(
                    "the tolerance parameter must be 1 to %d, in seconds".formatted(LONGEST_TOLERANCE_SECONDS));
        }
        return Optional.of(new Stamp(header.get(), "", ".", Duration.ofSeconds(Long.parseLong(tolerance))));
    }

    private static Optional<String> header(Arguments arguments, String name) throws InvalidFeedException {
        Optional<String> header = arguments.text(name).map(each -> each.toLowerCase(Locale.ROOT));
        if (header.isPresent() && !header.get().matches("[a-z0-9-]{1,100}")) {
            throw InvalidFeedException.badRequest("the %s parameter must be the name of a header".formatted(name));
        }
        return header;
    }
}
