package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.doctor.Cause;
import dev.vestibule.doctor.Doctor;
import dev.vestibule.doctor.Finding;
import dev.vestibule.secret.Secrets;

import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The doctor at a house that is in use.
final class DoctorBesideAGatewayTest {

    @Test
    void aRunningGatewayIsFoundAtItsPublicAddressAndGoesOn() {
        try (TestHouse house = new TestHouse()) {
            List<Finding> findings = new ArrayList<>();

            new Doctor(InstantSource.system(), new Secrets())
                    .examine(house.config(), List.of(), true, findings::add);

            String address = house.config().homes().getFirst().publicUrl().toString();
            assertThat(findings).contains(new Finding.Fine(address, "leads to Vestibule"));
            assertThat(findings)
                    .contains(
                            new Finding.Fine(
                                    "audit log",
                                    "is kept for 365d, of refused attempts the newest 100000"));
            assertThat(findings).noneMatch(Finding.Wrong.class::isInstance);
            assertThat(findings)
                    .filteredOn(Finding.Hint.class::isInstance)
                    .extracting(finding -> ((Finding.Hint) finding).cause())
                    .containsExactly(Cause.FORWARDING);
            house.expectConnected();
        }
    }
}
