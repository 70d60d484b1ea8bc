package dev.vestibule.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects what is found while one file is read, so that all of it can be reported at once.
/// Belongs to one thread.
final class Findings {

    private static final Comparator<ConfigProblem> BY_LINE =
            Comparator.comparingInt(ConfigProblem::line);

    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<ConfigProblem> warnings = new ArrayList<>();

    void problem(int line, String path, String sentence) {
        problems.add(new ConfigProblem(line, path, sentence));
    }

    void warning(int line, String path, String sentence) {
        warnings.add(new ConfigProblem(line, path, sentence));
    }

    List<ConfigProblem> problems() {
        return problems.stream().sorted(BY_LINE).toList();
    }

    List<ConfigProblem> warnings() {
        return warnings.stream().sorted(BY_LINE).toList();
    }
}
