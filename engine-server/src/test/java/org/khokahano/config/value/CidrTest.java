package org.khokahano.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0/16, 10.20.255.1, true",
        "10.20.0.0/16, 10.21.0.0, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "128.0.0.0/1, 255.0.0.1, true",
        "2001:db8::/32, 2001:db8:1::5, true",
        "2001:db8::/32, 2001:db9::, false",
        "::/0, 10.0.0.1, false"
    })
    @DisplayName("R9 An address lies in a range if it shares the prefix and the family")
    void shouldContainWhatSharesThePrefix(String range, String address, boolean inside) throws UnknownHostException {
        assertThat(Cidr.parse(range).orElseThrow().contains(InetAddress.getByName(address)))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.20.0.1/16", "10.0.0.0/33", "300.0.0.1", "ward-7", "::/129", "", "10.0.0.0/", ":"})
    @DisplayName("R9 What is no range, or has bits behind its prefix, is refused and never looked up")
    void shouldRefuseWhatIsNoRange(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }
}
