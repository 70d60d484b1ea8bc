package dev.vestibule.passkey;

import static dev.vestibule.passkey.CeremonyHouse.ORIGIN;
import static dev.vestibule.passkey.CeremonyHouse.SITE;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Profile;
import dev.vestibule.account.Subject;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.explain.Means;
import dev.vestibule.explain.Means.Hindrance;
import dev.vestibule.passkey.AuthenticationCeremony.Result;
import dev.vestibule.testhouse.passkey.Lie;
import dev.vestibule.testhouse.passkey.VirtualAuthenticator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is told of somebody's passkeys is what the ceremony makes of them.
class AskedPasskeysTest {

    private static final HomeId HOME = SITE.home();
    private static final HomeId CABIN = new HomeId("cabin");
    private static final String AT_THE_CABIN = "https://cabin.example.org";
    private static final PasskeySite CABINS =
            new PasskeySite(
                    CABIN,
                    new RpId("cabin.example.org"),
                    Origin.parse(AT_THE_CABIN).orElseThrow(),
                    Set.of(Origin.parse(AT_THE_CABIN).orElseThrow()));

    private final CeremonyHouse house = new CeremonyHouse();
    private final RegistrationCeremony.Enroller ada = house.person("ada");
    private final VirtualAuthenticator phone = new VirtualAuthenticator();

    @AfterEach
    void close() {
        house.close();
    }

    private Means.Proof told(PasskeySites sites, HomeId home) {
        List<Means> means =
                new AskedPasskeys(sites, house.credentials).meansOf(ada.account(), home);
        assertThat(means).hasSize(1);
        return means.getFirst().proof();
    }

    private static PasskeySites both() {
        return new PasskeySites(Map.of(HOME, SITE, CABIN, CABINS), Set.of(HOME, CABIN));
    }

    private static Means.Proof missing(Hindrance why) {
        return new Means.Proof.Missing(why);
    }

    @Test
    void aPasskeyProvesItsPersonWhereItWasMade() {
        CredentialRecord passkey = house.enrol(ada, phone);

        assertThat(told(both(), HOME))
                .isEqualTo(new Means.Proof.Own(AskedPasskeys.proven(passkey), List.of()));
        assertThat(house.signIn(phone)).isInstanceOf(Result.Proven.class);
    }

    @Test
    void aPasskeyOfAnotherAddressIsTakenNowhereElse() {
        house.enrol(ada, phone);

        assertThat(told(both(), CABIN)).isEqualTo(missing(Hindrance.PASSKEYS_OF_ANOTHER_ADDRESS));
        var signed = phone.get(house.requestOptions(), ORIGIN, Lie.NONE).toString();
        assertThat(house.authentication.finish(CABINS, CeremonyHouse.BROWSER, signed))
                .isInstanceOf(Result.Refused.class);
    }

    @Test
    void whyThereIsNoneIsTold() {
        assertThat(told(both(), HOME)).isEqualTo(missing(Hindrance.HAS_NO_PASSKEY));
        assertThat(told(new PasskeySites(Map.of(), Set.of()), HOME))
                .isEqualTo(missing(Hindrance.PASSKEYS_OFF));
        assertThat(told(new PasskeySites(Map.of(), Set.of(HOME)), HOME))
                .isEqualTo(missing(Hindrance.NO_PASSKEYS_AT_THIS_ADDRESS));
    }

    @Test
    void aWallTabletHasNone() {
        Account tablet =
                house.store()
                        .database()
                        .inTransaction(
                                tx ->
                                        house.accounts.admit(
                                                tx,
                                                new Subject(
                                                        new Issuer("vestibule:kiosk"),
                                                        "home/hallway"),
                                                new Profile("hallway", "hallway"),
                                                AccountOrigin.KIOSK));

        assertThat(new AskedPasskeys(both(), house.credentials).meansOf(tablet, HOME)).isEmpty();
    }
}
