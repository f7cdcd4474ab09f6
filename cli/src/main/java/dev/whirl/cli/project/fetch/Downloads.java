package dev.whirl.cli.project.fetch;

import dev.whirl.cli.action.Artifact;
import dev.whirl.client.ApiAddress;
import dev.whirl.client.http.Download;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Code that lies at URLs, each fetched once. For one thread.
public final class Downloads {
    private static final Pattern URL = Pattern.compile("(?i)https?://.*");
    private static final Download.Limits LIMITS = new Download.Limits(Artifact.MAX_BYTES, Duration.ofMinutes(1));

    private final Map<String, String> environment;
    private final Map<String, Artifact> known = new HashMap<>();

    /// @param environment names the proxies to servers
    public Downloads(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// Whether the `function` of an action is at a URL.
    public static boolean isUrl(String function) {
        return URL.matcher(function).matches();
    }

    /// A URL for people: what follows `?` may be a secret, as are a name and password.
    public static String shown(String url) {
        return (holdsCredentials(url) ? ApiAddress.shown(url) : url).split("[?#]", 2)[0];
    }

    /// Whether it does, or may do so: a path may hold an `@`, too.
    private static boolean holdsCredentials(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() == null || uri.getRawUserInfo() != null;
        } catch (URISyntaxException _) {
            return true;
        }
    }

    /// Fetches what is at a URL, unless that was done before.
    public void fetch(String url) throws FetchException, InterruptedException {
        if (known.containsKey(url)) {
            return;
        }
        URI address = uri(url);
        try {
            byte[] bytes = Download.get(address, LIMITS, environment);
            String path = address.getPath() == null ? "" : address.getPath();
            known.put(url, Artifact.of(path, bytes));
        } catch (IOException e) {
            throw new FetchException(String.valueOf(e.getMessage()));
        }
    }

    /// What was fetched from a URL.
    public Artifact get(String url) {
        Artifact artifact = known.get(url);
        if (artifact == null) {
            throw new IllegalStateException("not fetched: " + shown(url));
        }
        return artifact;
    }

    private static URI uri(String url) throws FetchException {
        try {
            URI uri = new URI(url);
            if (uri.getHost() == null) {
                throw new FetchException("it names no host");
            }
            if (uri.getRawUserInfo() != null) {
                throw new FetchException("it must not hold credentials");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new FetchException("it is no URL: " + e.getReason());
        }
    }
}
