package dev.vestibule.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

final class DataDirectoryCheckTest {

    @TempDir Path directory;

    @Test
    void aDiskWithLessRoomThanIsNeededIsWrong() {
        assertThat(new DataDirectoryCheck(directory, Long.MAX_VALUE).look())
                .singleElement()
                .isInstanceOfSatisfying(
                        Finding.Wrong.class,
                        wrong -> assertThat(wrong.cause()).isEqualTo(Cause.DISK));
    }

    @Test
    void aLookLeavesNothingBehind() {
        assertThat(new DataDirectoryCheck(directory).look())
                .singleElement()
                .isInstanceOf(Finding.Fine.class);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatIsNotThereYetIsMadeWhereTheNextOneCanBeWritten() {
        assertThat(new DataDirectoryCheck(directory.resolve("a/b")).look())
                .singleElement()
                .isInstanceOf(Finding.Fine.class);
    }
}
