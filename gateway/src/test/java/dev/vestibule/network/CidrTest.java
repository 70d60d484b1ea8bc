package dev.vestibule.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "192.168.1.0/24, 192.168.1.77, true",
        "192.168.1.0/24, 192.168.2.1, false",
        "10.0.0.0/8, 10.255.255.255, true",
        "0.0.0.0/0, 203.0.113.7, true",
        "203.0.113.7, 203.0.113.7, true",
        "203.0.113.7, 203.0.113.8, false",
        "fd00::/8, fd12::1, true",
        "fd00::/8, fe80::1, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "10.0.0.0/8, fd00::1, false",
    })
    void holdsTheAddressesOfItsNetwork(String block, String address, boolean isInside) {
        assertThat(Cidr.parse(block).orElseThrow().contains(IpLiteral.parse(address).orElseThrow()))
                .isEqualTo(isInside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "192.168.1.1/24",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0/8",
                "010.0.0.1",
                "127.1",
                "1",
                "fe80::1%eth0",
                "10.0.0.0/",
                "::/129",
                "1.2.3.4:80",
                "[::1]",
                "::ffff:010.0.0.1",
            })
    void refusesWhatIsNoNetwork(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }
}
