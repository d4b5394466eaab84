package dev.slipway.activities.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.activities.net.AddressPolicy;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.GitRemote;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.workflows.gitops.IacRepositoryActivities.Push;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitIacRepositoryActivitiesTest {
    @TempDir
    Path clones;

    private GitIacRepositoryActivities activities(boolean allowLoopback, Runnable heartbeat) {
        return new GitIacRepositoryActivities(
                clones,
                name -> {
                    throw new SlipwayException(FailureType.UNKNOWN_SECRET, "There is no secret " + name + ".");
                },
                _ -> InputStream.nullInputStream(),
                (_, _, _) -> Map.of(),
                new AddressPolicy(List.of(), allowLoopback),
                () -> _ -> heartbeat.run());
    }

    private static Push push(String remote) {
        return new Push(
                new IacRepository(
                        "charts",
                        GitRemote.parse("remote", remote),
                        "main",
                        null,
                        IacRepository.Person.SLIPWAY,
                        null,
                        List.of("example.com ssh-ed25519 AAAA"),
                        null),
                List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/shop.git",
                "https://localhost/shop.git",
                "https://2130706433/shop.git",
                "https://[::ffff:169.254.169.254]/shop.git",
                "ssh://git@169.254.169.254/shop.git"
            })
    void goesNowhereThatIsOutOfBounds(String remote) {
        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> activities(false, () -> {}).push(push(remote)))
                .satisfies(failure -> assertThat(failure.getType()).isEqualTo("AddressNotAllowed"))
                .satisfies(failure -> assertThat(failure.isNonRetryable()).isTrue());
    }

    @Test
    @Timeout(60)
    void stopsWhileItWaitsForASilentServer() throws IOException {
        long begin = System.nanoTime();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GitIacRepositoryActivities activities = activities(true, () -> cancelAfter(begin, Duration.ofSeconds(1)));

            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> activities.push(push("http://127.0.0.1:" + silent.getLocalPort() + "/shop.git")));
        }
    }

    private static void cancelAfter(long begin, Duration time) {
        if (System.nanoTime() - begin > time.toNanos()) {
            throw new CancellationException("canceled");
        }
    }
}
