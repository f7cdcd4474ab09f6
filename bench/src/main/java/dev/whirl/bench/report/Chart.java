package dev.whirl.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Latency by load as a picture (SVG): p50 and p99 of each platform over the rate that was offered. The latency axis
/// is logarithmic. Rates that a platform could not keep up with are left out.
public final class Chart {
    private static final Pattern RATE = Pattern.compile("@ (\\d+)/s");
    private static final List<String> COLORS = List.of("#0b6e99", "#c2571a", "#3c7a3c", "#7a3c78");
    private static final double KEPT_UP = 0.8;
    private static final int WIDTH = 760;
    private static final int HEIGHT = 440;
    private static final int LEFT = 70;
    private static final int RIGHT = 150;
    private static final int TOP = 40;
    private static final int BOTTOM = 55;

    private Chart() {}

    private record Point(double rate, double millis) {}

    private record Line(String label, String color, boolean isDashed, List<Point> points) {}

    /// Where values lie in the picture: rates from 0, latencies from one power of ten to another.
    private record Scale(double mostRate, int lowest, int highest) {
        double x(double rate) {
            return LEFT + (WIDTH - LEFT - RIGHT) * rate / mostRate;
        }

        double y(double millis) {
            double share = (Math.log10(millis) - lowest) / (highest - lowest);
            return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share;
        }
    }

    /// The picture of all parts that measured fixed rates.
    ///
    /// @throws IllegalArgumentException if there is nothing to show
    public static String of(List<PartReport> parts) {
        List<Line> lines = lines(parts);
        List<Point> points =
                lines.stream().flatMap(line -> line.points().stream()).toList();
        if (points.isEmpty()) {
            throw new IllegalArgumentException("nothing to draw: no fixed rate was measured, or none was kept up");
        }
        Scale scale = scale(points);
        var svg = new StringBuilder();
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
                <title>Latency by load</title>
                <rect width="%d" height="%d" fill="white"/>
                """.formatted(WIDTH, HEIGHT, WIDTH, HEIGHT));
        svg.append(text(LEFT, 22, "start", "Latency by load, ms (logarithmic)"));
        svg.append(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", "calls a second"));
        drawGrid(svg, scale);
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, scale, lines.get(i), i);
        }
        return svg.append("</svg>\n").toString();
    }

    private static Scale scale(List<Point> points) {
        double most = points.stream().mapToDouble(Point::rate).max().orElse(1);
        double least = points.stream().mapToDouble(Point::millis).min().orElse(1);
        double greatest = points.stream().mapToDouble(Point::millis).max().orElse(1);
        int lowest = (int) Math.floor(Math.log10(least));
        return new Scale(most, lowest, Math.max(lowest + 1, (int) Math.ceil(Math.log10(greatest))));
    }

    private static List<Line> lines(List<PartReport> parts) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            PartReport part = parts.get(i);
            String color = COLORS.get(i % COLORS.size());
            lines.add(new Line(part.platform() + " p99", color, true, points(part, Latencies::p99Millis)));
            lines.add(new Line(part.platform() + " p50", color, false, points(part, Latencies::p50Millis)));
        }
        return lines.stream().filter(line -> !line.points().isEmpty()).toList();
    }

    private static List<Point> points(PartReport part, ToDoubleFunction<Latencies> percentile) {
        Map<Double, List<Measurement>> byRate = new LinkedHashMap<>();
        part.rounds().stream().flatMap(round -> round.rows().stream()).forEach(row -> {
            Matcher rate = RATE.matcher(row.load());
            if (rate.find()) {
                byRate.computeIfAbsent(Double.valueOf(rate.group(1)), _ -> new ArrayList<>())
                        .add(row);
            }
        });
        List<Point> points = new ArrayList<>();
        byRate.forEach((rate, repetitions) -> {
            var medians = new MeasurementMedians(repetitions);
            if (medians.of(Measurement::perSecond) >= KEPT_UP * rate) {
                points.add(new Point(rate, medians.ofLatency(percentile)));
            }
        });
        return points;
    }

    private static void drawGrid(StringBuilder svg, Scale scale) {
        for (int power = scale.lowest(); power <= scale.highest(); power++) {
            double y = scale.y(Math.pow(10, power));
            svg.append(line(LEFT, y, WIDTH - RIGHT, y));
            svg.append(text(LEFT - 8, y + 4, "end", plain(Math.pow(10, power))));
        }
        double step = Math.pow(10, Math.floor(Math.log10(scale.mostRate())));
        double used = scale.mostRate() / step < 3 ? step / 2 : step;
        for (double rate = 0; rate <= scale.mostRate(); rate += used) {
            double x = scale.x(rate);
            svg.append(line(x, TOP, x, HEIGHT - BOTTOM));
            svg.append(text(x, HEIGHT - BOTTOM + 18, "middle", plain(rate)));
        }
    }

    private static void draw(StringBuilder svg, Scale scale, Line line, int number) {
        var path = new StringBuilder();
        for (Point point : line.points()) {
            path.append(
                    format("%s%.1f,%.1f", path.isEmpty() ? "" : " ", scale.x(point.rate()), scale.y(point.millis())));
            svg.append(format(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"><title>%s at %s/s: %.3f ms</title></circle>%n",
                    scale.x(point.rate()),
                    scale.y(point.millis()),
                    line.color(),
                    escaped(line.label()),
                    plain(point.rate()),
                    point.millis()));
        }
        String dashes = line.isDashed() ? " stroke-dasharray=\"6 4\"" : "";
        svg.append(format(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s/>%n",
                path, line.color(), dashes));
        double y = TOP + 12 + 22.0 * number;
        svg.append(format(
                "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"2\"%s/>%n",
                WIDTH - RIGHT + 12, y - 4, WIDTH - RIGHT + 40, y - 4, line.color(), dashes));
        svg.append(text(WIDTH - RIGHT + 46, y, "start", line.label()));
    }

    private static String line(double x1, double y1, double x2, double y2) {
        return format("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n", x1, y1, x2, y2);
    }

    private static String text(double x, double y, String anchor, String text) {
        return format(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#333333\">%s</text>%n",
                x, y, anchor, escaped(text));
    }

    private static String plain(double value) {
        return value >= 1 || value == 0 ? format("%,.0f", value) : Double.toString(value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
