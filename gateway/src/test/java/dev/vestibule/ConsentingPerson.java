package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Somebody in front of a browser who is asked about programs.
public final class ConsentingPerson {

    private static final Pattern REQUEST =
            Pattern.compile("name=\"request\" value=\"([A-Za-z0-9_-]+)\"");
    private static final Pattern LEADS_TO = Pattern.compile("class=\"button\" href=\"([^\"]+)\"");

    private final TestHouse house;
    private final VisitorBrowser browser;

    public ConsentingPerson(TestHouse house, VisitorBrowser browser) {
        this.house = house;
        this.browser = browser;
    }

    /// Signs in where that is needed, and reads the page about the program.
    public Answer open(URI authorizeAddress) {
        return browser.walk(authorizeAddress, "nowhere");
    }

    /// Presses one of the page's buttons.
    public Answer press(Answer page, String answer) {
        Matcher request = REQUEST.matcher(page.body());
        assertThat(request.find()).as(page.status() + " " + page.body()).isTrue();
        return browser.postForm(
                house.at("/auth/vestibule/consent"),
                Map.of("request", request.group(1), "answer", answer),
                "Origin",
                house.origin().toString());
    }

    /// Where the page after the answer takes the browser.
    public static URI leadsTo(Answer left) {
        Matcher link = LEADS_TO.matcher(left.body());
        assertThat(link.find()).as(left.status() + " " + left.body()).isTrue();
        return URI.create(link.group(1).replace("&amp;", "&"));
    }

    /// All of it: the address that the program ends at.
    public URI allow(URI authorizeAddress) {
        return leadsTo(press(open(authorizeAddress), "allow"));
    }
}
