package dev.vestibule.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows and columns for a terminal: a title, a line of headings, and what was measured.
record Table(String title, List<List<String>> rows) {

    private static final String GAP = "   ";

    Table {
        rows = rows.stream().map(List::copyOf).toList();
    }

    static Table of(String title, List<String> headings, List<List<String>> measured) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(headings);
        rows.addAll(measured);
        return new Table(title, rows);
    }

    String text() {
        return title
                + "\n"
                + rows.stream().map(row -> "  " + line(row) + "\n").collect(Collectors.joining());
    }

    private String line(List<String> row) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> padded(row.get(column), width(column)))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
