package dev.vestibule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
                .contains(new AuditEvent.ScimClientAdded("c", "n", "", List.of()));
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
}
