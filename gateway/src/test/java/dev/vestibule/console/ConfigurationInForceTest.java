package dev.vestibule.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestHouse;
import dev.vestibule.config.ConfigInForce;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the console shows of the configuration.
class ConfigurationInForceTest {

    private static final String CONFIGURATION = "/auth/vestibule/console/configuration";

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser ada = new VisitorBrowser();

    @AfterEach
    void close() {
        ada.close();
        house.close();
    }

    /// Every secret that stands anywhere in records and collections.
    private static Stream<String> secrets(Object value) {
        return switch (value) {
            case Secret secret -> Stream.of(secret.reveal());
            case Collection<?> several ->
                    several.stream().flatMap(ConfigurationInForceTest::secrets);
            case Map<?, ?> named ->
                    named.values().stream().flatMap(ConfigurationInForceTest::secrets);
            case Record record ->
                    Arrays.stream(record.getClass().getRecordComponents())
                            .flatMap(component -> secrets(value(record, component)));
            default -> Stream.empty();
        };
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException problem) {
            throw new IllegalStateException(component.getName(), problem);
        }
    }

    @Test
    void itStandsAsItIsInForceAndNoSecretOfItIsShown() {
        house.signIn(ada, "ada");
        List<String> secrets = secrets(house.config()).toList();

        Answer page = ada.get(house.at(CONFIGURATION));

        assertThat(page.status()).isEqualTo(200);
        String shown =
                page.body().replaceAll("(?s).*<pre[^>]*>(.*)</pre>.*", "$1").replace("&lt;", "<");
        assertThat(shown.strip().lines())
                .containsExactlyElementsOf(
                        ConfigInForce.yaml(house.config()).strip().lines().toList());
        assertThat(secrets).hasSizeGreaterThan(1);
        assertThat(secrets).noneMatch(page.body()::contains);
        assertThat(page.body()).contains("[secret]");
    }

    @Test
    void itIsNotChangedHereAndNotForTheFamily() {
        ada.carry("Sec-Fetch-Site", "same-origin");
        house.signIn(ada, "ada");
        assertThat(ada.postForm(house.at(CONFIGURATION), Map.of("yaml", "x")).status())
                .isEqualTo(404);
        try (VisitorBrowser ben = new VisitorBrowser()) {
            house.signIn(ben, "ben");

            Answer answer = ben.get(house.at(CONFIGURATION));

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("providers");
        }
    }
}
