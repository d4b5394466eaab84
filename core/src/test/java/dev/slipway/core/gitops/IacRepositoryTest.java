package dev.slipway.core.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IacRepositoryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example.com/iac",
                "http://localhost:3000/iac",
                "http://127.0.0.1:3000/iac",
                "http://[::1]:3000/iac"
            })
    void takesHttpsAndHttpOnLoopback(String url) {
        assertThat(repository(url, List.of()).remote()).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://git.example.com/iac", "http://127.0.0.1.example.com/iac", "http://10.0.0.1/iac"})
    void refusesHttpThatAnybodyOnTheWayCouldChange(String url) {
        assertThatThrownBy(() -> repository(url, List.of())).hasMessageStartingWith("url: uses plain http");
    }

    @Test
    void needsTheKeyOfTheHostForSsh() {
        String url = "git@git.example.com:iac";

        assertThatThrownBy(() -> repository(url, List.of())).hasMessageContaining("ssh-keyscan git.example.com");
        assertThat(repository(url, List.of("git.example.com ssh-ed25519 AAAA")).knownHosts())
                .hasSize(1);
    }

    @Test
    void takesTheNameOfASigningKeyAndNotTheKey() {
        assertThatThrownBy(() -> new IacRepository(
                        "iac",
                        GitRemote.parse("url", "https://git.example.com/iac"),
                        "main",
                        null,
                        IacRepository.Person.SLIPWAY,
                        null,
                        List.of(),
                        "-----BEGIN OPENSSH PRIVATE KEY-----"))
                .hasMessageStartingWith("signingKey: must be the name of a stored secret")
                .hasMessageNotContaining("BEGIN");
    }

    private static IacRepository repository(String url, List<String> knownHosts) {
        return new IacRepository(
                "iac", GitRemote.parse("url", url), "main", null, IacRepository.Person.SLIPWAY, null, knownHosts, null);
    }
}
