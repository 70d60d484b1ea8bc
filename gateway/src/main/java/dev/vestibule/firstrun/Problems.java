package dev.vestibule.firstrun;

import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Alert;
import dev.vestibule.http.Text;
import dev.vestibule.setup.SetupProblem;

import java.util.List;
import java.util.Map;

/// What was wrong with an answer, by the name of its field; the empty name is for the whole page.
record Problems(Map<String, Text> byField) {

    static final Problems NONE = new Problems(Map.of());

    Problems {
        byField = Map.copyOf(byField);
    }

    static Problems of(String field, SetupProblem problem) {
        return new Problems(Map.of(field, Sentences.of(problem)));
    }

    static Problems ofAll(SetupProblem problem) {
        return of("", problem);
    }

    static Problems ofAll(Text sentence) {
        return new Problems(Map.of("", sentence));
    }

    /// These, or a problem of the whole page where there are none.
    Problems orElse(SetupProblem problem) {
        return isNone() ? ofAll(problem) : this;
    }

    boolean isNone() {
        return byField.isEmpty();
    }

    Text of(String field) {
        return byField.getOrDefault(field, Text.nothing());
    }

    /// What is said above everything else.
    List<Part> ofAll() {
        return byField.containsKey("") ? List.of(new Alert(of(""))) : List.of();
    }
}
