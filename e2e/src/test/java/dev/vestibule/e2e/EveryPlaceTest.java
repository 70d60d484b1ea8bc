package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestHouse;
import dev.vestibule.console.ConsolePlace;
import dev.vestibule.profile.ProfilePlace;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;

/// Every place of the console and of the profile in a real browser: what an administrator, somebody
/// of the family, somebody who may only look, and a stranger get there. A place that is added
/// stands here by itself, and its heading is missing until somebody writes it down.
class EveryPlaceTest {

    private static final String NOT_FOR_YOU = "For administrators";

    /// What a place shows or changes things with.
    private static final String PARTS =
            "return document.querySelectorAll('table, form, dl, input, textarea').length";

    @AutoClose private final TestHouse house = new TestHouse();
    @AutoClose private final Chromium browser = new Chromium();

    private static String heading(ConsolePlace place) {
        return switch (place) {
            case PEOPLE -> "People";
            case SESSIONS -> "Browsers";
            case GRANTS -> "Apps and tokens";
            case CLIENTS -> "Clients and consents";
            case CONNECTIONS -> "Live";
            case KIOSKS -> "Wall tablets";
            case WEBHOOKS -> "Phones";
            case PROVIDERS -> "Providers";
            case GROUPS -> "Groups";
            case IDENTITY_SYSTEMS -> "Identity systems";
            case OUTBOX -> "Pending";
            case AUDIT -> "Audit";
            case CONFIGURATION -> "Configuration";
        };
    }

    private static String heading(ProfilePlace place) {
        return switch (place) {
            case ME -> "Your profile";
            case BROWSERS -> "Browsers";
            case APPS -> "Apps and tokens";
        };
    }

    private void signInAs(String subject) {
        LivePage.signIn(browser, house, subject);
    }

    private void open(String path) {
        browser.open(house.at(path));
    }

    @Test
    void anAdministratorGetsEveryPlaceOfTheConsole() {
        signInAs("ada");
        for (ConsolePlace place : ConsolePlace.values()) {
            open(place.path());
            browser.awaitHeading(heading(place));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ben", "vic"})
    void nobodyElseGetsAnythingOfTheConsole(String subject) {
        signInAs(subject);
        for (ConsolePlace place : ConsolePlace.values()) {
            open(place.path());
            browser.awaitHeading(NOT_FOR_YOU);
            assertThat(browser.evaluate(PARTS)).as(place.name()).isEqualTo(0L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "ben", "vic"})
    void everybodyGetsEveryPlaceOfTheirOwnProfile(String subject) {
        signInAs(subject);
        for (ProfilePlace place : ProfilePlace.values()) {
            open(place.path());
            browser.awaitHeading(heading(place));
        }
    }

    @Test
    void aStrangerIsAskedToSignInWhereverTheyGo() {
        house.provider().choosePersonByPage();
        for (ConsolePlace place : ConsolePlace.values()) {
            assertAskedToSignIn(place.path());
        }
        for (ProfilePlace place : ProfilePlace.values()) {
            assertAskedToSignIn(place.path());
        }
    }

    /// From a page of nobody's, so that an answer which leads nowhere is not taken for the one
    /// before it.
    private void assertAskedToSignIn(String path) {
        browser.open(URI.create("about:blank"));
        open(path);
        browser.awaitAddress(house.provider().issuer().toString());
    }
}
