package dev.vestibule.leave;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.file.Draft;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

class LoginFileTest {

    @TempDir private Path directory = Path.of(".");

    /// A crash leaves a draft, with the passwords in it, and the file of an earlier try.
    @Test
    void whereNobodyGetsALoginAfterAllNoneOfTheFileStaysNorOfItsDraft() {
        try (TestFacts facts = new TestFacts()) {
            LoginFile file = new LoginFile(directory, HOME, facts.accounts);
            Instant since = facts.clock.instant();
            file.write(since, List.of());
            assertThat(file.find(since)).isPresent();
            var _ = Draft.write(file.of(since), "ada\tswordfish\n");

            file.keep(since, List.of());

            assertThat(directory).isEmptyDirectory();
        }
    }
}
