package dev.vestibule.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.secret.Sealer.Place;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class SealerTest {

    private static final Place PLACE = new Place("client_grant", "1", "inner_sealed");

    @TempDir private Path directory = Path.of(".");
    private final Secrets secrets = new Secrets();

    @Test
    void opensWhatItSealedAtTheSamePlaceOnly() {
        Sealer sealer = new Sealer(key("a"), secrets);
        String sealed = sealer.seal(new Secret("swordfish"), PLACE);

        assertThat(sealed).doesNotContain("swordfish");
        assertThat(sealer.open(sealed, PLACE).reveal()).isEqualTo("swordfish");
        assertThatThrownBy(
                        () -> sealer.open(sealed, new Place("client_grant", "2", "inner_sealed")))
                .isInstanceOf(Sealer.SealBroken.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "AAAA", "!!!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void aValueThatWasWrittenOverIsBrokenAndNothingElse(String body) {
        Sealer sealer = new Sealer(key("a"), secrets);
        String sealed = sealer.seal(new Secret("x"), PLACE);
        String written = sealed.substring(0, sealed.lastIndexOf('.') + 1) + body;

        assertThatThrownBy(() -> sealer.open(written, PLACE)).isInstanceOf(Sealer.SealBroken.class);
    }

    @Test
    void opensNothingThatAnotherKeySealed() {
        String sealed = new Sealer(key("a"), secrets).seal(new Secret("swordfish"), PLACE);

        assertThatThrownBy(() -> new Sealer(key("b"), secrets).open(sealed, PLACE))
                .isInstanceOf(Sealer.SealBroken.class)
                .hasMessageContaining("another master key");
    }

    @Test
    void opensNothingThatWasChanged() {
        Sealer sealer = new Sealer(key("a"), secrets);
        String sealed = sealer.seal(new Secret("swordfish"), PLACE);
        char last = sealed.charAt(sealed.length() - 2);
        String changed =
                sealed.substring(0, sealed.length() - 2)
                        + (last == 'A' ? 'B' : 'A')
                        + sealed.charAt(sealed.length() - 1);

        assertThatThrownBy(() -> sealer.open(changed, PLACE)).isInstanceOf(Sealer.SealBroken.class);
        assertThatThrownBy(() -> sealer.open("v1.zz.!!", PLACE))
                .isInstanceOf(Sealer.SealBroken.class);
    }

    @Test
    void makesItsKeyReadableByItsOwnerOnlyAndReadsItAgain() throws Exception {
        MasterKey made = key("a");

        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(directory.resolve("a"))))
                .isEqualTo("rw-------");
        assertThat(key("a").id()).isEqualTo(made.id());
    }

    @Test
    void refusesAKeyThatOthersMayRead() throws Exception {
        key("a");
        Files.setPosixFilePermissions(
                directory.resolve("a"), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> key("a"))
                .isInstanceOf(MasterKeyProblem.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void makesNoNewKeyBesideAnOldDatabase() {
        assertThatThrownBy(() -> MasterKey.load(directory.resolve("gone"), false, secrets))
                .isInstanceOf(MasterKeyProblem.class)
                .hasMessageContaining("backup");
    }

    @Test
    void refusesAFileThatHoldsNoKey() throws Exception {
        Path file = directory.resolve("a");
        Files.writeString(file, "not a key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> key("a")).isInstanceOf(MasterKeyProblem.class);
    }

    private MasterKey key(String name) {
        return MasterKey.load(directory.resolve(name), true, secrets);
    }
}
