package dev.vestibule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// `docs/audit.md` names every event and every way, as the program has them.
class AuditPageTest {

    private static final Path PAGE = page();

    private static Path page() {
        String repository = System.getProperty("vestibule.repository", "");
        Path root = repository.isEmpty() ? Path.of("..") : Path.of(repository);
        return root.resolve("docs/audit.md");
    }

    @Test
    void thePageHasEveryEventWithItsFieldsAndWhatCameOfIt() throws IOException {
        List<String> rows =
                Files.readAllLines(PAGE).stream()
                        .dropWhile(line -> !line.equals("## Events"))
                        .filter(line -> line.startsWith("| `"))
                        .toList();

        assertThat(rows)
                .isEqualTo(
                        SampleEvents.oneOfEach().stream()
                                .sorted(Comparator.comparing(AuditKinds::nameOf))
                                .map(AuditPageTest::row)
                                .toList());
    }

    private static String row(AuditEvent event) {
        String fields =
                Arrays.stream(event.getClass().getRecordComponents())
                        .map(component -> "`" + component.getName() + "`")
                        .collect(Collectors.joining(", "));
        String outcome = AuditOutcome.of(event).name().toLowerCase(Locale.ROOT);
        return "| `" + AuditKinds.nameOf(event) + "` | " + outcome + " | " + fields + " |";
    }

    @Test
    void thePageHasEveryWay() throws IOException {
        String ways =
                Arrays.stream(WayIn.values())
                        .map(way -> "`" + way.code() + "`")
                        .collect(Collectors.joining(", "));
        String row =
                Files.readAllLines(PAGE).stream()
                        .filter(line -> line.startsWith("| `way` |"))
                        .findFirst()
                        .orElseThrow();

        assertThat(row.substring(row.indexOf(": ") + 2).replace(" |", "").split(", "))
                .containsExactlyInAnyOrder(ways.split(", "));
    }
}
