package dev.slipway.agent.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** The Docker engine of this node, with its failures in the words of the catalogue. */
final class DockerCalls {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    // A pull says nothing while it unpacks a large layer.
    private static final Duration SILENCE = Duration.ofMinutes(5);

    private static final Duration PING = Duration.ofSeconds(2);

    private final DockerClientConfig config;
    private final DockerClient client;

    /** Where {@code DOCKER_HOST} says, else at the usual socket. Nothing is contacted yet. */
    DockerCalls() {
        this(DefaultDockerClientConfig.createDefaultConfigBuilder().build());
    }

    DockerCalls(DockerClientConfig config) {
        this.config = config;
        client = DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .sslConfig(config.getSSLConfig())
                        .connectionTimeout(CONNECT)
                        .responseTimeout(SILENCE)
                        .build());
    }

    /** Whether Docker is there, and answers soon. */
    boolean answers() throws InterruptedException {
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        Thread asking = Thread.ofVirtual().start(() -> {
            try {
                client.pingCmd().exec();
                answered.complete(true);
            } catch (RuntimeException e) {
                // Whatever it is: there is no Docker for us.
                answered.complete(false);
            }
        });
        try {
            return answered.get(PING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            asking.interrupt();
            return false;
        }
    }

    /** Calls the engine, for whoever is {@code doing} something. */
    <T> T call(String doing, Function<DockerClient, T> call) {
        try {
            return call.apply(client);
        } catch (DockerException e) {
            throw refused(doing, e);
        } catch (SlipwayException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unavailable(doing, e);
        }
    }

    /** As {@link #call}, for what answers nothing. */
    void run(String doing, Consumer<DockerClient> call) {
        call(doing, docker -> {
            call.accept(docker);
            return true;
        });
    }

    /** As {@link #call}; empty where the engine does not know the object. */
    <T> Optional<T> find(String doing, Function<DockerClient, T> call) {
        return call(doing, docker -> {
            try {
                return Optional.of(call.apply(docker));
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }

    /** Waits for the end of what a call streams, for whoever is {@code doing} something. Whether it came in time. */
    boolean ends(String doing, ResultCallback.Adapter<?> stream, Duration patience) throws InterruptedException {
        try {
            return stream.awaitCompletion(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (DockerException e) {
            throw refused(doing, e);
        } catch (RuntimeException e) {
            throw unavailable(doing, e);
        }
    }

    SlipwayException unavailable(String doing, Throwable thrown) {
        return new SlipwayException(
                FailureType.DOCKER_UNAVAILABLE,
                "Could not %s: Docker does not respond at %s (%s). Start Docker on the node and grant the agent's user access to its socket."
                        .formatted(doing, config.getDockerHost(), rootOf(thrown)),
                thrown);
    }

    private static SlipwayException refused(String doing, DockerException thrown) {
        String said = String.valueOf(thrown.getMessage()).strip();
        String lower = said.toLowerCase(Locale.ROOT);
        String message = "Could not " + doing + ": " + said;
        if (lower.contains("no space left on device")) {
            return new SlipwayException(
                    FailureType.DISK_FULL, message + ". Free space on the node, then retry.", thrown);
        }
        if (lower.contains("port is already allocated") || lower.contains("address already in use")) {
            return new SlipwayException(
                    FailureType.DOCKER_REFUSED,
                    message + ". Another process on the node uses the port: stop it, or choose another port.",
                    thrown);
        }
        if (lower.contains("executable file not found")
                || lower.contains("no such file or directory")
                || lower.contains("no command specified")
                || lower.contains("permission denied: unknown")) {
            return new SlipwayException(
                    FailureType.COMMAND_NOT_STARTED,
                    message + ". Check the target's command and the contents of the image.",
                    thrown);
        }
        return new SlipwayException(FailureType.DOCKER_REFUSED, message + ".", thrown);
    }

    private static String rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
