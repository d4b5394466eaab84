package dev.slipway.activities.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
    private final AddressPolicy policy = new AddressPolicy(List.of(), false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.0.0.1",
                "127.8.9.10",
                "2130706433",
                "[::1]",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "0.0.0.0",
                "0.1.2.3",
                "::",
                "169.254.169.254",
                "::ffff:169.254.169.254",
                "fe80::1",
                "224.0.0.1",
                "ff02::1",
                "255.255.255.255",
                "100.100.100.200",
                "168.63.129.16",
                "fd00:ec2::254"
            })
    void doesNotGoToThisMachineItsLinkOrTheMetadataOfACloud(String host) {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> policy.resolve(host))
                .satisfies(refusal -> assertThat(refusal.type()).isEqualTo(FailureType.ADDRESS_NOT_ALLOWED))
                .withMessageContaining(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "192.168.0.7", "172.16.0.1", "fd12::1", "203.0.113.9", "[2001:db8::1]"})
    void goesToPrivateAndPublicNetworks(String host) throws UnknownHostException {
        assertThat(policy.resolve(host)).hasSize(1);
    }

    @Test
    void goesWhereTheOperatorAllows() throws UnknownHostException {
        AddressPolicy open = new AddressPolicy(List.of("LocalHost", "169.254.7.0/24", "[fe80::1]"), false);

        assertThat(open.resolve("localhost")).isNotEmpty();
        assertThat(open.resolve("169.254.7.9")).hasSize(1);
        assertThat(open.resolve("fe80::1")).hasSize(1);
        assertThatExceptionOfType(SlipwayException.class).isThrownBy(() -> open.resolve("169.254.8.9"));
        assertThatExceptionOfType(SlipwayException.class).isThrownBy(() -> open.resolve("127.0.0.1"));
    }

    @Test
    void goesToThisMachineWhereThatIsAllowed() throws UnknownHostException {
        AddressPolicy standalone = new AddressPolicy(List.of(), true);

        assertThat(standalone.resolve("127.0.0.1")).containsExactly(InetAddress.ofLiteral("127.0.0.1"));
        assertThat(standalone.resolve("::1")).hasSize(1);
        assertThatExceptionOfType(SlipwayException.class).isThrownBy(() -> standalone.resolve("169.254.169.254"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "::/129"})
    void takesNoRangeThatIsNone(String range) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new AddressPolicy(List.of(range), false))
                .withMessageContaining(range);
    }
}
