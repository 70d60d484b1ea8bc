package dev.vestibule.e2e;

import dev.vestibule.TestHouse;

import org.openqa.selenium.By;

/// The page of the scripted Home Assistant as a browser shows it whose person is signed in.
final class LivePage {

    /// There once the page has a token and its websocket talks.
    static final By READY = By.cssSelector("#status[data-state='ready']");

    private LivePage() {}

    /// Signs somebody in who is signed in at the provider already, and waits for the page.
    static void signIn(Chromium browser, TestHouse house, String subject) {
        house.provider().signInAutomaticallyAs(subject);
        browser.open(house.at("/"));
        browser.await(READY);
    }
}
