package dev.whirl.sandbox.image;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The name of an image, taken apart: `[registry[:port]/][prefix/]name[:tag][@digest]`.
///
/// @param registry where it is pulled from
/// @param repository its name there, without the registry
public record ImageReference(String registry, String repository, Optional<String> tag, Optional<String> digest) {
    public static final String DOCKER_HUB = "docker.io";
    private static final String LATEST = "latest";
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@+-]{0,1023}");

    /// Whether a text can be the name of an image at all: users write it, and it gets into addresses.
    public static boolean isName(String text) {
        return SAFE.matcher(text).matches() && !text.contains("..") && !text.contains("//");
    }

    public static ImageReference parse(String text) {
        int at = text.indexOf('@');
        Optional<String> digest = at < 0 ? Optional.empty() : Optional.of(text.substring(at + 1));
        String named = at < 0 ? text : text.substring(0, at);
        int colon = named.indexOf(':', named.lastIndexOf('/') + 1);
        Optional<String> tag = colon < 0 ? Optional.empty() : Optional.of(named.substring(colon + 1));
        String path = colon < 0 ? named : named.substring(0, colon);
        int slash = path.indexOf('/');
        String first = slash < 0 ? "" : path.substring(0, slash);
        // as Docker does it: what is no host name is the beginning of a name at Docker Hub
        boolean isHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        return isHost
                ? new ImageReference(canonical(first), path.substring(slash + 1), tag, digest)
                : new ImageReference(DOCKER_HUB, path, tag, digest);
    }

    /// The names that Docker Hub has, made one.
    public static String canonical(String registry) {
        return registry.equals("index.docker.io") || registry.equals("registry-1.docker.io") ? DOCKER_HUB : registry;
    }

    /// Whether what the name means may be another image tomorrow: then it is pulled before each start, and one that
    /// can't be pulled is not run (row K-25).
    public boolean isFloating() {
        return digest.isEmpty() && tag.orElse(LATEST).equals(LATEST);
    }

    /// Whether it is one of these at Docker Hub, not whatever has that name in another registry.
    ///
    /// @param repositories `prefix/name`
    public boolean isOneOf(Set<String> repositories) {
        return registry.equals(DOCKER_HUB) && repositories.contains(repository);
    }

    /// As an engine is asked for it, without tag and digest.
    public String name() {
        return registry.equals(DOCKER_HUB) ? repository : registry + "/" + repository;
    }

    /// What to pull of that name.
    public String version() {
        return digest.orElse(tag.orElse(LATEST));
    }
}
