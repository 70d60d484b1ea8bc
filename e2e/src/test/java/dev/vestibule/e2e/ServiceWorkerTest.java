package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestHouse;
import dev.vestibule.testhouse.openid.Endpoint;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/// A browser whose service worker answers pages from its cache before it asks the network, as the
/// real front end's does: a page that opens says nothing about whether its person is signed in.
class ServiceWorkerTest {

    private static final By SIGN_OUT = By.id("sign-out");
    private static final By BODY = By.tagName("body");

    @AutoClose private final TestHouse house = new TestHouse();
    @AutoClose private final Chromium browser = new Chromium();

    /// Signed in, with the page in the worker's hands.
    private void openAs(String subject) {
        house.provider().signInAutomaticallyAs(subject);
        browser.open(house.at("/"));
        browser.handToServiceWorker(LivePage.READY);
    }

    /// How often the provider was asked. One sign-in asks twice: the second time for a token that
    /// outlives the provider's own session.
    private int questions() {
        return house.provider().count(Endpoint.AUTHORIZE);
    }

    @Test
    void aPageFromTheCacheGoesOnWithTheSignInOfBefore() {
        openAs("ben");
        int before = questions();

        browser.reload();

        browser.await(LivePage.READY);
        assertThat(questions()).isEqualTo(before);
    }

    @Test
    void whoeverSignsOutIsSignedOutThoughThePageIsInTheCache() {
        openAs("ben");
        browser.click(SIGN_OUT);
        browser.awaitHeading("You are signed out");
        int before = questions();

        browser.open(house.at("/"));
        browser.awaitHeading("You are signed out");

        assertThat(questions()).isEqualTo(before);
        browser.click(By.linkText("Sign in"));
        browser.await(LivePage.READY);
        assertThat(questions()).isEqualTo(before + 2);
    }

    @Test
    void whoeverIsSuspendedSeesOurPageAndNoRoundTripWithoutEnd() {
        openAs("ben");

        house.suspend("ben");

        browser.awaitHeading("Your access is suspended");
        int before = questions();
        browser.open(house.at("/"));
        browser.awaitHeading("Your access is suspended");
        assertThat(questions()).isEqualTo(before + 1);
    }

    @Test
    void aNewFrontEndArrivesWithoutANewSignIn() {
        openAs("ben");
        int before = questions();
        house.homeAssistant().updateTo("2024.2.0");

        browser.awaitAfterReloads(BODY, "data-release", "2024.2.0");

        browser.await(LivePage.READY);
        assertThat(questions()).isEqualTo(before);
    }

    @Test
    void pagesOfOurOwnNeverComeFromTheCache() {
        openAs("ben");

        browser.open(house.at("/auth/vestibule/sign-out"));
        browser.awaitHeading("Sign out");

        assertThat(
                        browser.evaluate(
                                "const cache = await caches.open('file-cache');"
                                        + " return (await cache.keys()).map(key => key.url)"
                                        + ".filter(url => url.includes('/auth/')).length"))
                .isEqualTo(0L);
    }
}
