package dev.vestibule.testhouse.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

class AvailabilityTest {

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void itGoesAwayAndComesBackOnTheSamePortKnowingWhatItKnew() throws Exception {
        String accessToken = house.signIn().path("access_token").asText();
        URI discovery = house.provider.uri(Endpoint.DISCOVERY);

        house.provider.goAway();

        assertThatThrownBy(() -> house.browser.get(discovery)).isInstanceOf(IOException.class);

        house.provider.comeBack();

        assertThat(house.browser.get(discovery).statusCode()).isEqualTo(200);
        assertThat(house.userInfo(accessToken).statusCode()).isEqualTo(200);
    }

    @Test
    void aSlowEndpointWaitsAndTheOthersDoNot() throws Exception {
        house.provider.slow(Endpoint.JWKS, Duration.ofMillis(300));

        assertThat(timeOf(Endpoint.JWKS)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        house.provider.slow(Endpoint.JWKS, Duration.ZERO);
        house.provider.slow(Endpoint.TOKEN, Duration.ofMinutes(10));
        assertThat(timeOf(Endpoint.JWKS)).isLessThan(Duration.ofSeconds(9));
    }

    @Test
    void closingDoesNotWaitForASlowAnswer() throws Exception {
        house.provider.slow(Endpoint.JWKS, Duration.ofMinutes(10));
        var asking =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        house.browser.get(house.provider.uri(Endpoint.JWKS));
                                    } catch (IOException _) {
                                        // the point is that it ends
                                    }
                                });
        long begin = System.nanoTime();
        while (house.provider.count(Endpoint.JWKS) == 0) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(30));
            Thread.onSpinWait();
        }

        house.provider.goAway();

        // Sooner than the browser itself gives up.
        assertThat(asking.join(Duration.ofSeconds(8))).isTrue();
    }

    private Duration timeOf(Endpoint endpoint) throws IOException {
        long begin = System.nanoTime();
        assertThat(house.browser.get(house.provider.uri(endpoint)).statusCode()).isEqualTo(200);
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
