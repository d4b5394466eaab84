package dev.slipway.activities.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.activities.net.AddressPolicy;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.GitRemote;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointTest {
    private final AddressPolicy policy = new AddressPolicy(List.of(), true);

    @Test
    void sendsNothingWithoutEncryptionToAnotherMachine() {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> Endpoint.of(GitRemote.parse("remote", "http://10.0.0.1/shop.git"), policy))
                .satisfies(refusal -> assertThat(refusal.type()).isEqualTo(FailureType.ADDRESS_NOT_ALLOWED))
                .withMessageContaining("uses plain http");
    }

    @Test
    void needsNoEncryptionOnThisMachine() {
        assertThat(Endpoint.of(GitRemote.parse("remote", "http://127.0.0.1:8080/shop.git"), policy)
                        .addresses())
                .hasSize(1);
    }
}
