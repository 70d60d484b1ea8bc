package dev.vestibule.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.AccountId;
import dev.vestibule.passkey.AuthenticationCeremony.Result;
import dev.vestibule.passkey.RegistrationCeremony.Enroller;
import dev.vestibule.testhouse.passkey.VirtualAuthenticator;
import dev.vestibule.testhouse.passkey.VirtualAuthenticator.Kind;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class CredentialStoreTest {

    private final CeremonyHouse house = new CeremonyHouse();
    private final Enroller ada = house.person("ada");
    private final Enroller bob = house.person("bob");
    private final VirtualAuthenticator stick = new VirtualAuthenticator(Kind.SECURITY_KEY);

    @AfterEach
    void close() {
        house.close();
    }

    private boolean use(CredentialKey key) {
        return house.store().database().inTransaction(tx -> house.credentials.use(tx, key));
    }

    private boolean rename(AccountId who, PasskeyId id, String name) {
        return house.store()
                .database()
                .inTransaction(tx -> house.credentials.rename(tx, who, id, name));
    }

    private Optional<String> remove(AccountId who, PasskeyId id) {
        return house.store().database().inTransaction(tx -> house.credentials.remove(tx, who, id));
    }

    private List<CredentialRecord> allOf(Enroller who) {
        return house.credentials.allOf(who.account().id());
    }

    @Test
    void ofTwoAnswersWithOneCountTheSecondIsOneTooMany() {
        CredentialKey key = house.enrol(ada, stick).key();

        assertThat(use(key.used(1, false))).isTrue();
        assertThat(use(key.used(1, false))).isFalse();
        assertThat(use(key.used(0, false))).isFalse();
        assertThat(use(key.used(2, false))).isTrue();
    }

    @Test
    void nobodyNamesOrRemovesWhatIsAnothers() {
        CredentialRecord adas = house.enrol(ada, stick);
        AccountId other = bob.account().id();

        assertThat(rename(other, adas.id(), "mine")).isFalse();
        assertThat(remove(other, adas.id())).isEmpty();
        assertThat(allOf(ada)).containsExactly(adas);
    }

    @Test
    void aPersonNamesAndRemovesTheirs() {
        CredentialRecord adas = house.enrol(ada, stick);
        AccountId id = ada.account().id();

        assertThat(rename(id, adas.id(), "stick")).isTrue();
        assertThat(allOf(ada)).extracting(CredentialRecord::name).containsExactly("stick");
        assertThat(remove(id, adas.id())).contains("stick");
        assertThat(remove(id, adas.id())).isEmpty();
        assertThat(allOf(ada)).isEmpty();
    }

    @Test
    void whatIsForgottenIsOnePersonsAndAllOfIt() {
        house.enrol(ada, stick);
        VirtualAuthenticator bobs = new VirtualAuthenticator();
        house.enrol(bob, bobs);
        UserHandle before = house.credentials.userHandleOf(ada.account().id());

        house.store().database().change(tx -> CredentialStore.forgetAllOf(tx, ada.account().id()));

        assertThat(allOf(ada)).isEmpty();
        assertThat(house.signIn(stick))
                .isEqualTo(new Result.Refused(Refusal.UNKNOWN_CREDENTIAL, ""));
        assertThat(house.credentials.userHandleOf(ada.account().id())).isNotEqualTo(before);
        assertThat(house.signIn(bobs)).isInstanceOf(Result.Proven.class);
    }
}
