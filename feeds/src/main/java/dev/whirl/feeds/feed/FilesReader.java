package dev.whirl.feeds.feed;

import dev.whirl.feeds.feed.Feed.Login;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

/// Makes feeds of files out of parameters.
final class FilesReader {
    private static final String DEFAULT_SECONDS = "30";
    private static final long SHORTEST_SECONDS = 5;

    private FilesReader() {}

    static Feed.Folder folder(Arguments arguments) throws InvalidFeedException {
        String text = InvalidFeedException.required(
                arguments.text("path"), "folder trigger feed is missing the path parameter");
        try {
            Path path = Path.of(text);
            if (path.isAbsolute() && path.equals(path.normalize())) {
                return new Feed.Folder(path);
            }
        } catch (InvalidPathException _) {
            // told below
        }
        throw InvalidFeedException.badRequest("the path parameter must be a full path, without . and ..");
    }

    static Feed.Bucket bucket(Arguments arguments) throws InvalidFeedException {
        String bucket = InvalidFeedException.required(
                arguments.text("bucket"), "bucket trigger feed is missing the bucket parameter");
        if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,62}")) {
            throw InvalidFeedException.badRequest("'%.70s' is no name of a bucket".formatted(bucket));
        }
        String seconds = arguments.text("pollSeconds").orElse(DEFAULT_SECONDS);
        if (!seconds.matches("[0-9]{1,5}") || Long.parseLong(seconds) < SHORTEST_SECONDS) {
            throw InvalidFeedException.badRequest(
                    "the pollSeconds parameter must be a whole number, at least %d".formatted(SHORTEST_SECONDS));
        }
        var login = new Login(
                InvalidFeedException.required(
                        arguments.text("accessKeyId"), "bucket trigger feed is missing the accessKeyId parameter"),
                InvalidFeedException.required(
                        arguments.text("secretAccessKey"),
                        "bucket trigger feed is missing the secretAccessKey parameter"));
        String region = arguments.text("region").orElse("us-east-1");
        if (!region.matches("[a-z0-9-]{1,40}")) {
            throw InvalidFeedException.badRequest("'%.50s' is no name of a region".formatted(region));
        }
        return new Feed.Bucket(
                endpoint(arguments, region),
                region,
                bucket,
                arguments.text("prefix").orElse(""),
                login,
                Duration.ofSeconds(Long.parseLong(seconds)));
    }

    private static URI endpoint(Arguments arguments, String region) throws InvalidFeedException {
        String text = arguments.text("endpoint").orElse("https://s3.%s.amazonaws.com".formatted(region));
        try {
            var uri = new URI(text.contains("://") ? text : "https://" + text);
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean isBare = uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
            if (isWeb && uri.getHost() != null && isBare) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // told below
        }
        throw InvalidFeedException.badRequest(
                "the endpoint parameter must be of the form https://host or http://host:port");
    }
}
