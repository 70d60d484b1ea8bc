package dev.vestibule.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.ScimHouse;
import dev.vestibule.TestHouse;
import dev.vestibule.testhouse.openid.Person;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every identity system plays its whole part, over real HTTP, with somebody who lives in the house
/// meanwhile.
class DialectPacksTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String PAGE = "docs/scim-dialects.md";

    static final List<String> PACKS = DialectPack.NAMES;

    /// In the order in which the known shapes of "this person is out" (and, for Entra's `Add`, "in
    /// again") were seen: the members of one operation, or of a whole body where their order is
    /// what is special about it.
    private static final Set<String> SWITCHES =
            Set.of(
                    "{\"op\":\"replace\",\"value\":{\"active\":false}}",
                    "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}",
                    "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}",
                    "{\"op\":\"Replace\",\"path\":\"active\",\"value\":false}",
                    "{\"op\":\"Add\",\"path\":\"active\",\"value\":\"True\"}",
                    "{\"op\":\"replace\",\"path\":\"active\",\"value\":[{\"value\":\"False\"}]}");

    @ParameterizedTest
    @FieldSource("PACKS")
    void isUnderstood(String name) {
        DialectPack pack = DialectPack.read(name);
        try (ScimHouse scim = new ScimHouse(new TestHouse(pack.scim()));
                Neighbours neighbours = new Neighbours(scim);
                SignedInPerson person = new SignedInPerson(scim.house(), pack.person().subject())) {
            scim.house().provider().addPerson(known(pack.person()));

            new Replay(pack, scim.client(name), person).play();

            neighbours.expectUntouched();
        }
    }

    private static Person known(DialectPack.Somebody person) {
        return Person.of(person.subject(), "Somebody")
                .withPreferredUsername(person.userName())
                .withExtraClaims(new LinkedHashMap<>(person.claims()));
    }

    @ParameterizedTest
    @FieldSource("PACKS")
    void goesThroughEveryPhase(String name) {
        Set<Phase> phases =
                DialectPack.read(name).steps().stream()
                        .map(Step::phase)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Phase.class)));
        EnumSet<Phase> wanted = EnumSet.allOf(Phase.class);
        if (name.startsWith("okta")) {
            // Okta deletes nobody.
            wanted.remove(Phase.RECREATE);
        }
        assertThat(phases).containsAll(wanted);
    }

    @Test
    void everyShapeOfSwitchingOffIsSentBySomebody() {
        Set<String> sent =
                requests()
                        .filter(step -> step.method().equals("PATCH"))
                        .flatMap(step -> read(step.body()).path("Operations").valueStream())
                        .map(JsonNode::toString)
                        .collect(Collectors.toSet());
        assertThat(sent).containsAll(SWITCHES);
        assertThat(requests())
                .as("Operations before schemas")
                .anyMatch(
                        step ->
                                step.phase() == Phase.DISABLE
                                        && step.body().strip().startsWith("{\"Operations\""));
        assertThat(requests())
                .as("the whole user, switched off")
                .anyMatch(step -> step.phase() == Phase.DISABLE && step.method().equals("PUT"));
    }

    @Test
    void whoeverIsSwitchedOffIsSeenToBeOut() {
        assertThat(
                        requests()
                                .filter(step -> step.phase() == Phase.DISABLE)
                                .filter(step -> step.path().equals("/Users/${user}")))
                .isNotEmpty()
                .allMatch(
                        step ->
                                step.mark() == Mark.SOCKET_MUST_CLOSE
                                        || step.mark() == Mark.STAYS_OUT);
    }

    @ParameterizedTest
    @FieldSource("PACKS")
    void standsInTheDocumentation(String name) throws IOException {
        Path page = Path.of(System.getProperty("vestibule.repository", ""), PAGE);
        assertThat(Files.readString(page.toAbsolutePath())).contains("/" + name + ".yaml)");
    }

    private static Stream<Step.Sent> requests() {
        return PACKS.stream()
                .map(DialectPack::read)
                .flatMap(pack -> pack.steps().stream())
                .filter(Step.Sent.class::isInstance)
                .map(Step.Sent.class::cast);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(json, unreadable);
        }
    }
}
