package dev.whirl.cli.project.manifest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A project in a git repository, as a dependency names it (row L-38).
///
/// @param url of the repository, for `git`; without credentials
/// @param version a tag, branch or whole commit id; `HEAD` is the default branch
/// @param folder the project in it; empty for the repository's own
public record Repository(String url, String version, String folder) {
    private static final String GITHUB = "github.com";
    private static final String DEFAULT_BRANCH = "HEAD";
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/+-]*");

    /// Reads `github.com/OWNER/REPOSITORY[/FOLDER]`, or an address with `https://` or `file://`, in which a folder may
    /// follow what ends in `.git`.
    ///
    /// @param version null or empty for the default branch
    /// @throws IllegalArgumentException with a reason for the user, that begins as `must be` does
    public static Repository parse(String location, @Nullable String version) {
        URI uri = uri(location.startsWith(GITHUB + "/") ? "https://" + location : location);
        List<String> segments = segments(uri);
        int length = lengthOfRepository(uri, segments);
        String path = "/" + String.join("/", segments.subList(0, length));
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        String url = scheme(uri) + "://" + authority + path;
        return new Repository(url, checked(version), String.join("/", segments.subList(length, segments.size())));
    }

    /// The version that was asked for; empty for the default branch.
    public String wantedVersion() {
        return version.equals(DEFAULT_BRANCH) ? "" : version;
    }

    /// `https` or `file`.
    public String scheme() {
        return url.substring(0, url.indexOf(':'));
    }

    /// The project's own address, whatever its version.
    public String address() {
        return folder.isEmpty() ? url : url + "/" + folder;
    }

    /// For people.
    @Override
    public String toString() {
        return address() + (wantedVersion().isEmpty() ? "" : " (" + version + ")");
    }

    private static URI uri(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException _) {
            throw notUnderstood();
        }
        String scheme = scheme(uri);
        boolean isRemote = scheme.equals("https") && uri.getHost() != null;
        boolean isLocal = scheme.equals("file") && uri.getRawAuthority() == null;
        if ((!isRemote && !isLocal) || uri.getRawPath() == null) {
            throw notUnderstood();
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("must not hold credentials");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must not hold '?' or '#'; a branch, tag or commit is its 'version'");
        }
        return uri;
    }

    private static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    private static List<String> segments(URI uri) {
        List<String> segments = Arrays.stream(uri.getRawPath().split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
        if (segments.isEmpty() || segments.stream().anyMatch(each -> each.startsWith("..") || each.equals("."))) {
            throw notUnderstood();
        }
        return segments;
    }

    private static int lengthOfRepository(URI uri, List<String> segments) {
        if (GITHUB.equalsIgnoreCase(uri.getHost())) {
            if (segments.size() < 2) {
                throw notUnderstood();
            }
            return 2;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).endsWith(".git")) {
                return i + 1;
            }
        }
        return segments.size();
    }

    private static String checked(@Nullable String version) {
        if (version == null || version.isBlank()) {
            return DEFAULT_BRANCH;
        }
        String text = version.strip();
        if (!VERSION.matcher(text).matches() || text.contains("..")) {
            throw new IllegalArgumentException(
                    "has a 'version' that is no tag, branch or commit: '%s'".formatted(text));
        }
        return text;
    }

    private static IllegalArgumentException notUnderstood() {
        return new IllegalArgumentException(
                "must be a package, as /NAMESPACE/PACKAGE, or a repository: github.com/OWNER/REPOSITORY, https://… or file://…");
    }
}
