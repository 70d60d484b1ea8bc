package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;

/// What every page of ours must be in a real browser: readable on a phone and on a small wall
/// tablet, in light and dark, by keyboard and screen reader, and refused nothing by its own content
/// security policy.
final class PageCheck {

    /// The rules take a second, and see nothing else in the other looks: colours and widths differ.
    private static final Set<Chromium.Look> LOOKED_INTO =
            Set.of(Chromium.Look.SMALL_LIGHT, Chromium.Look.DESKTOP_DARK);

    private PageCheck() {}

    /// @param site the house's address, whose complaints count
    /// @param heading that the page must have
    /// @param picture name of the pictures in `e2e/target/screenshots`
    static void assertShows(Chromium browser, URI site, String heading, String picture) {
        browser.awaitHeading(heading);
        for (Chromium.Look look : Chromium.Look.values()) {
            browser.takePicture(picture, look);
            assertThat(browser.isWiderThanTheWindow()).as(look.name()).isFalse();
            if (LOOKED_INTO.contains(look)) {
                assertThat(browser.barriers()).as(look.name()).isEmpty();
            }
        }
        browser.wear(Chromium.Look.PHONE_LIGHT);
        assertThat(browser.complaintsAbout(site)).isEmpty();
    }
}
