package dev.whirl.bench.report;

import static dev.whirl.common.Preconditions.require;

import java.util.ArrayList;
import java.util.List;

/// A table in plain text: the first columns are aligned to the left, the others to the right.
public final class Table {
    private final int leftColumns;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(int leftColumns, String... headings) {
        this.leftColumns = leftColumns;
        rows.add(List.of(headings));
    }

    public void add(String... cells) {
        require(cells.length == rows.getFirst().size(), "a row of %d cells", cells.length);
        rows.add(List.of(cells));
    }

    /// All lines, each with its line break.
    public String render() {
        List<Integer> widths = widths();
        var text = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(i == 0 ? "" : "  ").append(padded(row.get(i), widths.get(i), i < leftColumns));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < rows.getFirst().size(); i++) {
            int column = i;
            widths.add(rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0));
        }
        return widths;
    }

    private static String padded(String cell, int width, boolean isLeft) {
        String spaces = " ".repeat(width - cell.length());
        return isLeft ? cell + spaces : spaces + cell;
    }
}
