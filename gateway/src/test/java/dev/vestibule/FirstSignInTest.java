package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A person's first sign-in makes one Home Assistant user, whatever happens at that moment.
class FirstSignInTest {

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser browser = new VisitorBrowser();

    @AfterEach
    void close() {
        browser.close();
        house.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config/auth/create",
                "config/auth_provider/homeassistant/create",
                "person/create",
                "config/auth/update"
            })
    void aGatewayThatDiesOnTheWayFinishesAfterItsRestart(String lastCommand) {
        house.homeAssistant().faults().cutAfterCommand(lastCommand);
        house.provider().signInAutomaticallyAs("ben");
        browser.walk(house.authorizeAddress(), house.clientId() + "?auth_callback");
        house.homeAssistant().faults().clear();
        house.restartGatewayWithoutWaiting();

        SignedIn ben = house.signIn(browser, "ben");

        assertThat(house.get(browser, "/api/config", ben.accessToken()).status()).isEqualTo(200);
        assertOneBen();
    }

    @Test
    void twoBrowsersAtTheSameMomentMakeOneUser() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        try (VisitorBrowser other = new VisitorBrowser();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SignedIn>> both =
                    threads.invokeAll(List.of(signIn(together, browser), signIn(together, other)));
            for (Future<SignedIn> one : both) {
                assertThat(house.get(browser, "/api/config", one.get().accessToken()).status())
                        .isEqualTo(200);
            }
        }

        assertOneBen();
        assertThat(house.gateway().accounts().list()).hasSize(1);
    }

    private Callable<SignedIn> signIn(CyclicBarrier together, VisitorBrowser with) {
        return () -> {
            together.await();
            return house.signIn(with, "ben");
        };
    }

    private void assertOneBen() {
        List<HomeUser> others =
                house.homeAssistant().users().stream()
                        .filter(user -> !user.isOwner() && !user.isSystemGenerated())
                        .toList();
        assertThat(others).hasSize(1);
        assertThat(others.getFirst().name()).isEqualTo("Ben");
        assertThat(others.getFirst().groups()).containsExactly("system-users");
        assertThat(others.getFirst().usernames()).hasSize(1);
    }
}
