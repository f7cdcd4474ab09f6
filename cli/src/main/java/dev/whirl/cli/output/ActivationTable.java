package dev.whirl.cli.output;

import dev.whirl.client.ActivationDocument;
import dev.whirl.model.activation.ActivationResponse.Status;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.UnaryOperator;

/// The table of activations (row L-26): columns for kind and status are as wide as their widest value.
public final class ActivationTable {
    private final List<Row> rows;
    private final int kindWidth;
    private final int statusWidth;

    private record Row(
            String time, String id, String kind, String start, String duration, String status, String entity) {
        boolean isSuccess() {
            return status.equals(words(Status.SUCCESS));
        }
    }

    public ActivationTable(List<ActivationDocument> activations, ZoneId zone) {
        rows = activations.stream().map(each -> row(each, zone)).toList();
        kindWidth = rows.stream().mapToInt(row -> row.kind().length()).max().orElse(0);
        statusWidth = rows.stream().mapToInt(row -> row.status().length()).max().orElse(0);
    }

    public void print(Terminal out) {
        var header = new Row("Datetime", "Activation ID", "Kind", "Start", "Duration", "Status", "Entity");
        out.line(out.bold(line(header, UnaryOperator.identity())));
        rows.forEach(row -> out.line(line(row, row.isSuccess() ? out::green : out::red)));
    }

    /// @param colour of the status
    private String line(Row row, UnaryOperator<String> colour) {
        return String.join(
                " ",
                Text.padded(row.time(), 19),
                Text.padded(row.id(), 32),
                Text.padded(row.kind(), Math.max(4, kindWidth)),
                Text.padded(row.start(), 5),
                Text.padded(row.duration(), 10),
                Text.padded(row.status(), Math.max(7, statusWidth), colour),
                row.entity());
    }

    private static Row row(ActivationDocument activation, ZoneId zone) {
        var annotations = activation.annotations();
        return new Row(
                time(activation.startMillis(), zone),
                activation.id(),
                annotations.findText("kind").orElse("unknown"),
                annotations.find("initTime").isPresent() ? "cold" : "warm",
                DurationText.ofMillis(activation.durationMillis().orElse(0L)),
                words(activation.status()),
                entity(activation));
    }

    private static String entity(ActivationDocument activation) {
        return Text.shortened(activation.namespace(), 20) + "/" + Text.shortened(activation.name(), 30) + ":"
                + Text.shortened(activation.version(), 20);
    }

    private static String words(Status status) {
        return switch (status) {
            case SUCCESS -> "success";
            case APPLICATION_ERROR -> "application error";
            case DEVELOPER_ERROR -> "developer error";
            case WHISK_ERROR -> "internal error";
        };
    }

    private static String time(long millis, ZoneId zone) {
        var time = LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone);
        return time.getYear() + "-" + two(time.getMonthValue()) + "-" + two(time.getDayOfMonth()) + " "
                + two(time.getHour()) + ":" + two(time.getMinute()) + ":" + two(time.getSecond());
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
