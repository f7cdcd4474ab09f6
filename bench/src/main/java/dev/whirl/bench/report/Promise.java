package dev.whirl.bench.report;

import static dev.whirl.common.Preconditions.require;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A bound on a figure that Whirl promises: one entry of `promises.json`, the only place where it is written.
///
/// @param scenario the row of the specification, in Markdown; entries with the same one share a row
/// @param figure part and name of the figure, such as `warm/node-echo-concurrency-1@1/p50-ms`
/// @param what how the figure is called in that row
/// @param atMost the bound of a figure that should be small; there is either this or `atLeast`
/// @param atLeast the bound of a figure that should be great
/// @param unit behind numbers; may be empty
/// @param aim what is aimed at where that is more than what is promised
/// @param because why what is promised is less than the aim, and what the limit is
public record Promise(
        String scenario,
        String figure,
        String what,
        @Nullable Double atMost,
        @Nullable Double atLeast,
        String unit,
        @Nullable Double aim,
        @Nullable String because) {
    /// Behind the name of a part that was measured with functions in containers.
    public static final String IN_DOCKER = "-in-docker";

    public Promise {
        require((atMost == null) != (atLeast == null), "%s needs either atMost or atLeast", figure);
        require((aim == null) == (because == null), "%s needs a reason for its aim, or no aim", figure);
        require(figure.indexOf('/') > 0, "%s has no part", figure);
    }

    public boolean isAtMost() {
        return atMost != null;
    }

    public double bound() {
        return atMost != null ? atMost : atLeast == null ? 0 : atLeast;
    }

    /// Whether it must hold in each repetition: failures, and the longest wait of all.
    boolean isHard() {
        return figure.endsWith("/errors") || figure.endsWith("/max-ms");
    }

    boolean holds(double value) {
        return isAtMost() ? value <= bound() : value >= bound();
    }

    /// Whether a value is as good as is aimed at; where there is no other aim, as promised.
    boolean reachesAim(double value) {
        return aim == null ? holds(value) : isAtMost() ? value <= aim : value >= aim;
    }

    String part() {
        return figure.substring(0, figure.indexOf('/'));
    }

    /// The words that measure it, behind `whirl bench`.
    String command() {
        String part = part();
        return part.endsWith(IN_DOCKER)
                ? part.substring(0, part.length() - IN_DOCKER.length()) + " --sandbox docker"
                : part;
    }

    String nameInPart() {
        return figure.substring(figure.indexOf('/') + 1);
    }

    /// Such as `≤ 0.35 ms`.
    String boundText() {
        return sign() + number(bound()) + (unit.isEmpty() ? "" : " " + unit);
    }

    /// Such as `≤ 0.35 ms`, and nothing where the aim is what is promised.
    String aimText() {
        return aim == null ? "" : sign() + number(aim) + (unit.isEmpty() ? "" : " " + unit);
    }

    String aimOrBoundText() {
        return aim == null ? boundText() : aimText();
    }

    private String sign() {
        return isAtMost() ? "≤ " : "≥ ";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : Double.toString(value);
    }
}
