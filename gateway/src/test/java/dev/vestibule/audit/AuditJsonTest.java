package dev.vestibule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.foreign.ForeignText;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

class AuditJsonTest {

    static List<AuditEvent> oneOfEach() {
        return SampleEvents.oneOfEach();
    }

    @ParameterizedTest
    @MethodSource("oneOfEach")
    void whatIsWrittenIsReadAgain(AuditEvent event) {
        String written = AuditJson.write(event).toString();

        assertThat(AuditJson.read(AuditKinds.nameOf(event), written)).contains(event);
    }

    /// Whoever reads an export knows the members by these names.
    @ParameterizedTest
    @MethodSource("oneOfEach")
    void aMemberIsCalledAsTheComponentAndThereAreNoOthers(AuditEvent event) {
        List<String> components =
                Arrays.stream(event.getClass().getRecordComponents())
                        .map(component -> component.getName())
                        .toList();

        assertThat(AuditJson.write(event).properties())
                .extracting(member -> member.getKey())
                .containsExactlyInAnyOrderElementsOf(components);
    }

    @Test
    void whatAnOlderReleaseDidNotSayIsEmpty() {
        assertThat(AuditJson.read("ScimClientAdded", "{\"clientId\":\"c\",\"name\":\"n\"}"))
                .contains(new AuditEvent.ScimClientAdded("c", "n", "", List.of(), ""));
    }

    @Test
    void whatANewerReleaseSaidBesidesIsLeftOut() {
        assertThat(AuditJson.read("BreakGlassUsed", "{\"homeId\":\"h\",\"colour\":\"red\"}"))
                .contains(new AuditEvent.BreakGlassUsed("h"));
    }

    @Test
    void anEventOfANewerReleaseIsNone() {
        assertThat(AuditJson.read("DoorPainted", "{}")).isEmpty();
    }

    /// Attack: a name that steers a terminal (U+009B), or turns what a reader sees (U+202E).
    @Test
    void whatIsExportedSteersNoTerminalAndIsStillTheSame() throws JsonProcessingException {
        String name = "M\u00FCller \u007F \u009B31m \u202Egnp \u2028 \uDB40\uDC41 \uD83C\uDFE0";
        String detail = AuditJson.write(new AuditEvent.BreakGlassUsed(name)).toString();

        String line = line(detail).json();

        assertThat(line)
                .isEqualTo(ForeignText.marked(line))
                .contains(
                        "M\u00FCller ",
                        "\\u009b31m",
                        "\\u202egnp",
                        "\\udb40\\udc41",
                        "\uD83C\uDFE0");
        assertThat(new ObjectMapper().readTree(line).at("/detail/homeId").asText()).isEqualTo(name);
    }

    private static AuditLine line(String detail) {
        return new AuditLine("1", Instant.EPOCH, "BreakGlassUsed", "192.0.2.1", detail);
    }
}
