package dev.vestibule.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// Rows of text in aligned columns. Cells come from providers and phones, so characters that would
/// steer a terminal are replaced.
final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(List.of(headings));
    }

    void add(String... cells) {
        rows.add(List.of(cells).stream().map(Table::harmless).toList());
    }

    /// The text without what would steer a terminal.
    static String harmless(String cell) {
        StringBuilder visible = new StringBuilder();
        cell.codePoints()
                .map(c -> isSteering(c) ? '?' : c)
                .forEachOrdered(visible::appendCodePoint);
        return visible.isEmpty() ? "-" : visible.toString();
    }

    private static boolean isSteering(int c) {
        return Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.LINE_SEPARATOR;
    }

    void print(PrintWriter out) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(row.get(column))
                        .append(" ".repeat(width(column) - row.get(column).length()))
                        .append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
