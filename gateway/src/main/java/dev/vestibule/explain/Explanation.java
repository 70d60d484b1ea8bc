package dev.vestibule.explain;

import dev.vestibule.foreign.ForeignText;

import java.util.ArrayList;
import java.util.List;

/// What is said to a person who asked: lines with a label each, and what to do at the end.
///
/// @param advice sentences; empty where nothing is to be done
public record Explanation(List<Line> lines, List<String> advice) {

    public Explanation {
        lines = List.copyOf(lines);
        advice = advice.stream().map(ForeignText::numbered).toList();
    }

    /// @param label empty text where the line goes on with what the one above says
    public record Line(String label, String text) {
        public Line {
            label = ForeignText.numbered(label);
            text = ForeignText.numbered(text);
        }
    }

    /// Collects lines in order. Belongs to one thread.
    static final class Draft {

        private final List<Line> lines = new ArrayList<>();
        private final List<String> advice = new ArrayList<>();

        Draft say(String label, String text) {
            if (!text.isEmpty()) {
                lines.add(new Line(label, text));
            }
            return this;
        }

        /// One line each, of which the first has the label.
        Draft say(String label, List<String> texts) {
            for (int i = 0; i < texts.size(); i++) {
                say(i == 0 ? label : "", texts.get(i));
            }
            return this;
        }

        Draft advise(String sentence) {
            if (!sentence.isEmpty()) {
                advice.add(sentence);
            }
            return this;
        }

        Explanation done() {
            return new Explanation(lines, advice);
        }
    }
}
