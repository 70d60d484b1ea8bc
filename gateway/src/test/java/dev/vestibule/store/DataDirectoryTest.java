package dev.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

class DataDirectoryTest {

    @TempDir private Path parent;

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void nobodyElseOnTheMachineReadsWhatIsMadeHere() throws IOException {
        try (DataDirectory data = DataDirectory.open(parent.resolve("data"));
                Database database = data.openDatabase()) {
            database.change(
                    tx -> tx.execute("INSERT INTO high_water_mark (name, at) VALUES ('x', 1)"));

            assertThat(mode(data.path())).isEqualTo("rwx------");
            for (String name : List.of("vestibule.db", "vestibule.db-wal", "vestibule.db-shm")) {
                assertThat(mode(data.path().resolve(name))).as(name).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aDatabaseThatWasOpenToOthersIsNarrowed() throws IOException {
        Path file = parent.resolve("vestibule.db");
        Database.open(Sqlite.url(file)).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

        try (DataDirectory data = DataDirectory.open(parent);
                Database _ = data.openDatabase()) {
            assertThat(mode(file)).isEqualTo("rw-------");
        }
    }

    @Test
    void nobodyElseMayPutFilesIntoIt() throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));

        DataDirectory.open(parent).close();

        assertThat(mode(parent)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void belongsToOneGatewayAtATime() {
        try (DataDirectory _ = DataDirectory.open(parent)) {
            assertThatThrownBy(() -> DataDirectory.open(parent))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("Another Vestibule runs");
        }

        DataDirectory.open(parent).close();
    }
}
