package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

class HeldBytesTest {

    private static final int FREE = HeldBytes.FREE;

    private final HeldBytes held = new HeldBytes(100_000);

    private HeldBytes.Holding from(String address) {
        return held.by(InetAddress.ofLiteral(address));
    }

    @Test
    void aFewKilobytesOfEachAreFree() {
        assertThat(from("192.0.2.1").change(FREE)).isTrue();

        assertThat(held.left()).isEqualTo(100_000);
    }

    @Test
    void oneAddressMayHaveAllThatNobodyElseWantsAndNoMore() {
        assertThat(from("192.0.2.1").change(FREE + 60_000)).isTrue();
        assertThat(from("192.0.2.1").change(FREE + 40_000)).isTrue();

        assertThat(from("192.0.2.1").change(FREE + 1)).isFalse();
    }

    @Test
    void whoeverHoldsMoreThanAnEvenPartOfWhatIsTakenIsTheOneRefused() {
        assertThat(from("192.0.2.1").change(FREE + 100_000)).isTrue();

        assertThat(from("192.0.2.2").change(FREE + 40_000)).isTrue();
        assertThat(from("192.0.2.1").change(FREE + 1)).isFalse();
        assertThat(from("192.0.2.2").change(FREE + 10_001)).isFalse();
        assertThat(from("192.0.2.3").change(FREE + 30_000)).isTrue();
    }

    @Test
    void anIpv6NetworkCountsAsOne() {
        assertThat(from("2001:db8::1").change(FREE + 100_000)).isTrue();

        assertThat(from("2001:db8::2").change(FREE + 1)).isFalse();
        assertThat(from("2001:db8:0:1::1").change(FREE + 1)).isTrue();
    }

    @Test
    void holdingLessIsNeverRefusedAndAllComesBack() {
        HeldBytes.Holding most = from("192.0.2.1");
        HeldBytes.Holding refused = from("192.0.2.1");
        assertThat(most.change(FREE + 100_000)).isTrue();
        assertThat(refused.change(FREE + 50_000)).isFalse();

        assertThat(refused.change(FREE + 40_000)).isTrue();
        refused.letGo();
        most.letGo();
        most.letGo();

        assertThat(held.left()).isEqualTo(100_000);
        assertThat(from("192.0.2.1").change(FREE + 100_000)).isTrue();
    }

    @Test
    void whatNetworksHoldThatComeOneAfterTheOtherStaysBounded() {
        int networks = 10_000;
        List<HeldBytes.Holding> all = new ArrayList<>();
        for (int i = 0; i < networks; i++) {
            int most = FREE + 100_000 / (i + 1);
            HeldBytes.Holding holding = from("10.0." + i / 250 + "." + i % 250);
            all.add(holding);
            assertThat(holding.change(most)).isTrue();
            assertThat(holding.change(most + 1)).isFalse();
        }

        assertThat(held.left()).isGreaterThan(-9 * 100_000);
        all.forEach(HeldBytes.Holding::letGo);
        assertThat(held.left()).isEqualTo(100_000);
    }
}
