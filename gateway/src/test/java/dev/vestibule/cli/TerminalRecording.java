package dev.vestibule.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What stood on a terminal, line by line, as a picture that plays: an SVG whose style sheet alone
/// moves it, so that it plays where a page may only show pictures. Who asked their system for less
/// motion sees the end of it. Used by one thread.
final class TerminalRecording {

    private static final int COLUMNS = 96;
    private static final int ROWS = 28;
    private static final double COLUMN_WIDTH = 8.43;
    private static final int ROW_HEIGHT = 20;
    private static final int MARGIN = 20;
    private static final int TITLE_HEIGHT = 40;

    private static final double SECONDS_FOR_A_LINE = 0.25;
    private static final double SECONDS_BEFORE_TYPING = 0.6;
    private static final double SECONDS_FOR_A_KEY = 0.045;
    private static final double SECONDS_AT_THE_END = 8;

    private final List<Row> rows = new ArrayList<>();
    private double now = SECONDS_BEFORE_TYPING;

    /// @param typed what a person typed behind the text
    private record Row(String text, String typed, double shownAt, double typedAt) {}

    void print(String line) {
        String rest = line;
        while (rest.length() > COLUMNS) {
            int blank = rest.lastIndexOf(' ', COLUMNS);
            int end = blank > 0 ? blank : COLUMNS;
            row(rest.substring(0, end), "");
            rest = "    " + rest.substring(end).strip();
        }
        row(rest, "");
    }

    /// A question, and what was typed behind it.
    void ask(String prompt, String typed) {
        int room = COLUMNS - prompt.length();
        if (typed.isEmpty() || room <= 0) {
            print(prompt);
        }
        if (!typed.isEmpty() && room > 0) {
            row(prompt, typed.substring(0, Math.min(room, typed.length())));
        }
        if (typed.length() > Math.max(room, 0)) {
            row("", typed.substring(Math.max(room, 0)));
        }
    }

    private void row(String text, String typed) {
        double shownAt = now;
        double typedAt = shownAt + SECONDS_BEFORE_TYPING;
        rows.add(new Row(text, typed, shownAt, typedAt));
        now =
                typed.isEmpty()
                        ? shownAt + SECONDS_FOR_A_LINE
                        : typedAt + typed.length() * SECONDS_FOR_A_KEY + SECONDS_FOR_A_LINE;
    }

    /// @param title of the window
    String svg(String title) {
        int width = (int) Math.ceil(COLUMNS * COLUMN_WIDTH) + 2 * MARGIN;
        int shown = Math.min(ROWS, rows.size());
        int height = TITLE_HEIGHT + shown * ROW_HEIGHT + MARGIN;
        StringBuilder style = new StringBuilder();
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            draw(rows.get(i), i, style, body);
        }
        style.append(scroll(shown));
        return """
        <svg xmlns="http://www.w3.org/2000/svg" role="img"
         viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d">
        <title>%3$s</title>
        <style>
        text{font:14px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;
        fill:#d7e0e4;white-space:pre}
        .t{fill:#8fc9da}
        .b{fill:#93a3aa}
        @media(prefers-reduced-motion:no-preference){
        .k,#s{animation-duration:%4$ss;animation-iteration-count:infinite;
        animation-timing-function:step-end}
        %5$s}
        @media(prefers-reduced-motion:reduce){#s{transform:translateY(%6$dpx)}}
        </style>
        <rect width="%1$d" height="%2$d" rx="10" fill="#1a2429"/>
        <circle cx="20" cy="20" r="6" fill="#e06c5f"/>
        <circle cx="40" cy="20" r="6" fill="#e2b34b"/>
        <circle cx="60" cy="20" r="6" fill="#6fb06a"/>
        <text class="b" x="%7$d" y="25" text-anchor="middle">%3$s</text>
        <clipPath id="w"><rect y="%8$d" width="%1$d" height="%9$d"/></clipPath>
        <g clip-path="url(#w)"><g id="s">
        %10$s</g></g>
        </svg>
        """
                .formatted(
                        width,
                        height,
                        escaped(title),
                        seconds(duration()),
                        style,
                        -ROW_HEIGHT * (rows.size() - shown),
                        width / 2,
                        TITLE_HEIGHT,
                        shown * ROW_HEIGHT + 2,
                        body);
    }

    private void draw(Row row, int index, StringBuilder style, StringBuilder body) {
        if (row.text().isEmpty() && row.typed().isEmpty()) {
            return;
        }
        int y = TITLE_HEIGHT + index * ROW_HEIGHT + 14;
        body.append("<text x=\"%d\" y=\"%d\">".formatted(MARGIN, y));
        body.append(piece("l" + index, "", row.text(), row.shownAt(), style));
        for (int i = 0; i < row.typed().length(); i++) {
            String name = "l" + index + "c" + i;
            double at = row.typedAt() + i * SECONDS_FOR_A_KEY;
            body.append(piece(name, " t", row.typed().substring(i, i + 1), at, style));
        }
        body.append("</text>\n");
    }

    private String piece(String name, String kind, String text, double at, StringBuilder style) {
        style.append("#%1$s{animation-name:%1$s}".formatted(name));
        style.append(
                "@keyframes %s{0%%{fill-opacity:0}%s%%,to{fill-opacity:1}}\n"
                        .formatted(name, share(at)));
        return "<tspan id=\"%s\" class=\"k%s\">%s</tspan>".formatted(name, kind, escaped(text));
    }

    /// One step for each row below the lower edge, when it comes.
    private String scroll(int shown) {
        StringBuilder steps = new StringBuilder("#s{animation-name:s}@keyframes s{0%{}");
        for (int i = shown; i < rows.size(); i++) {
            steps.append(share(rows.get(i).shownAt()));
            steps.append("%%{transform:translateY(%dpx)}".formatted(-ROW_HEIGHT * (i - shown + 1)));
        }
        int end = -ROW_HEIGHT * (rows.size() - shown);
        return steps + "to{transform:translateY(%dpx)}}\n".formatted(end);
    }

    private double duration() {
        return now + SECONDS_AT_THE_END;
    }

    private String share(double at) {
        return String.format(Locale.ROOT, "%.2f", 100 * at / duration());
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
