package dev.vestibule.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The table of `docs/doctor.md` is what the program says.
final class DoctorPageTest {

    private static final Path DOCS =
            Path.of(System.getProperty("vestibule.repository", "..")).resolve("docs/doctor.md");

    @Test
    void theTableHasEveryCauseInTheWordsOfTheProgram() throws IOException {
        List<String> rows =
                Files.readAllLines(DOCS).stream().filter(line -> line.startsWith("| `")).toList();

        assertThat(rows)
                .containsExactlyElementsOf(
                        Arrays.stream(Cause.values()).map(DoctorPageTest::row).toList());
    }

    private static String row(Cause cause) {
        return "| `" + cause.word() + "` | " + cause.meaning() + " | " + cause.mending() + " |";
    }
}
