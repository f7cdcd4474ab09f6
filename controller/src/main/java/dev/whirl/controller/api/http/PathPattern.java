package dev.whirl.controller.api.http;

import java.util.List;

/// Which paths a route takes: `/api/v1/namespaces/{namespace}/actions/?`. A name in braces takes any one
/// segment, `{name!word}` any but this one; at the end `/` asks for a slash, `/?` allows one, `/**` takes whatever
/// comes, and without any of them there must be no slash (row R-3).
public final class PathPattern {
    private enum Slash {
        ANYTHING,
        NONE,
        REQUIRED,
        OPTIONAL
    }

    private final String text;
    private final List<String> parts;
    private final Slash slash;

    public PathPattern(String text) {
        this.text = text;
        if (text.endsWith("/**")) {
            slash = Slash.ANYTHING;
        } else if (text.endsWith("/?")) {
            slash = Slash.OPTIONAL;
        } else {
            slash = text.endsWith("/") ? Slash.REQUIRED : Slash.NONE;
        }
        String bare = text.replaceAll("^/|/([?]|[*][*])?$", "");
        parts = bare.isEmpty() ? List.of() : List.of(bare.split("/"));
    }

    public boolean matches(RequestPath path) {
        List<String> segments = path.segments();
        if (!lengthFits(segments.size()) || !slashFits(path.endsWithSlash())) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!fits(parts.get(i), segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Whether a segment is called so.
    boolean has(String name) {
        return parts.contains("{" + name + "}");
    }

    /// The segment that stands for a name; the path must match.
    public String variable(String name, RequestPath path) {
        int index = parts.indexOf("{" + name + "}");
        if (index < 0) {
            throw new IllegalStateException("no {%s} in %s".formatted(name, text));
        }
        return path.segments().get(index);
    }

    private boolean lengthFits(int segments) {
        return slash == Slash.ANYTHING ? segments >= parts.size() : segments == parts.size();
    }

    private boolean slashFits(boolean endsWithSlash) {
        return switch (slash) {
            case NONE -> !endsWithSlash;
            case REQUIRED -> endsWithSlash;
            case OPTIONAL, ANYTHING -> true;
        };
    }

    private static boolean fits(String part, String segment) {
        if (part.charAt(0) != '{') {
            return part.equals(segment);
        }
        int but = part.indexOf('!');
        return but < 0
                || !part.regionMatches(but + 1, segment, 0, part.length() - but - 2)
                || segment.length() != part.length() - but - 2;
    }

    @Override
    public String toString() {
        return text;
    }
}
