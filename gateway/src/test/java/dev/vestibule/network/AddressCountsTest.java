package dev.vestibule.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;

class AddressCountsTest {

    private final AddressCounts counts = new AddressCounts(2);

    private boolean enters(String address) {
        return counts.tryEnter(InetAddress.ofLiteral(address));
    }

    @Test
    void oneAddressGetsItsShareAndOthersGetTheirs() {
        assertThat(enters("192.0.2.1")).isTrue();
        assertThat(enters("192.0.2.1")).isTrue();
        assertThat(enters("192.0.2.1")).isFalse();

        assertThat(enters("192.0.2.2")).isTrue();
        counts.leave(InetAddress.ofLiteral("192.0.2.1"));
        assertThat(enters("192.0.2.1")).isTrue();
    }

    @Test
    void aClientThatChangesItsAddressWithinItsNetworkIsOne() {
        assertThat(enters("2001:db8::1")).isTrue();
        assertThat(enters("2001:db8::2")).isTrue();
        assertThat(enters("2001:db8::3")).isFalse();
        assertThat(enters("2001:db8:0:1::1")).isTrue();
    }
}
