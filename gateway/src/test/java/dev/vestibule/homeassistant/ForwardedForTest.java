package dev.vestibule.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.UnknownHostException;

class ForwardedForTest {

    @Test
    void namesNoZone() throws UnknownHostException {
        InetAddress linkLocal = InetAddress.getByName("fe80::1%1");

        assertThat(ForwardedFor.of(linkLocal).header()).contains("fe80:0:0:0:0:0:0:1");
    }

    @Test
    void namesAnIpv4AddressAsSuch() {
        assertThat(ForwardedFor.of(InetAddress.ofLiteral("::ffff:203.0.113.9")).header())
                .contains("203.0.113.9");
    }

    @Test
    void namesNobody() {
        assertThat(ForwardedFor.NOBODY.header()).isEmpty();
    }
}
