package dev.whirl.feeds.feed;

import dev.whirl.feeds.feed.Feed.Login;
import dev.whirl.model.json.RawJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Makes feeds of databases' changes out of parameters (row F-13).
final class ChangesReader {
    /// What the feed sets itself, and what would break its marks or make changes large beyond measure.
    private static final Set<String> OURS = Set.of(
            "since",
            "last-event-id",
            "limit",
            "feed",
            "filter",
            "timeout",
            "heartbeat",
            "descending",
            "seq_interval",
            "attachments");

    private ChangesReader() {}

    static Feed.Changes read(Arguments arguments) throws InvalidFeedException {
        String database = InvalidFeedException.required(
                arguments.text("dbname"), "changes trigger feed is missing the dbname parameter");
        if (!database.matches("[a-z_][a-z0-9_$()+/-]{0,200}")) {
            throw InvalidFeedException.badRequest("'%.60s' is no name of a database".formatted(database));
        }
        String host = InvalidFeedException.required(
                arguments.text("host"), "changes trigger feed is missing the host parameter");
        return new Feed.Changes(
                server(host), database, login(arguments).orElse(null), filter(arguments), query(arguments));
    }

    private static URI server(String host) throws InvalidFeedException {
        try {
            var uri = new URI(host.contains("://") ? host : "https://" + host);
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isWeb && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // told below: there may be a password inside
        }
        throw InvalidFeedException.badRequest(
                "the host parameter must be a host, or http://host:port; user and password are parameters of their own");
    }

    private static Optional<Login> login(Arguments arguments) throws InvalidFeedException {
        Optional<String> user = arguments.text("username");
        Optional<String> password = arguments.text("password");
        if (user.isPresent() != password.isPresent()) {
            throw InvalidFeedException.badRequest("username and password belong together: one of them is missing");
        }
        return user.map(each -> new Login(each, password.orElse("")));
    }

    private static String filter(Arguments arguments) throws InvalidFeedException {
        String filter = arguments.text("filter").orElse("");
        if (!filter.matches("[A-Za-z0-9_./-]{0,200}")) {
            throw InvalidFeedException.badRequest("the filter parameter must be of the form design/name");
        }
        return filter;
    }

    private static SequencedMap<String, String> query(Arguments arguments) throws InvalidFeedException {
        var query = new LinkedHashMap<String, String>();
        for (var each : arguments
                .object("query_params")
                .orElse(RawJson.EMPTY_OBJECT)
                .fields()
                .entrySet()) {
            if (OURS.contains(each.getKey())) {
                throw InvalidFeedException.badRequest(
                        "query_params must not have '%s': the feed reads changes in its own way"
                                .formatted(each.getKey()));
            }
            query.put(each.getKey(), each.getValue().asText().orElseGet(each.getValue()::toString));
        }
        return query;
    }
}
