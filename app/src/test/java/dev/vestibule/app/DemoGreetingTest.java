package dev.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

class DemoGreetingTest {

    private static final Pattern ADDRESS = Pattern.compile("http://localhost:\\d+\\S*");

    @Test
    void everyAddressThatIsOfferedIsAnsweredAsItIsAnnounced() {
        try (DemoHouse house = DemoHouse.start(LoopbackPort.free(), 0);
                VisitorBrowser browser = new VisitorBrowser()) {
            List<String> offered =
                    ADDRESS.matcher(DemoGreeting.of(house))
                            .results()
                            .map(MatchResult::group)
                            .toList();

            assertThat(offered)
                    .anyMatch(address -> address.endsWith("/auth/vestibule/profile"))
                    .anyMatch(address -> address.endsWith("/auth/vestibule/console"))
                    .hasSize(7);
            for (String address : offered) {
                int status = browser.get(URI.create(address)).status();
                boolean isForSignedInOnly =
                        address.endsWith("/api/states") || address.contains("/scim/");
                assertThat(status)
                        .as(address)
                        .matches(it -> isForSignedInOnly ? it == 401 : it < 400);
            }
        }
    }
}
