package dev.slipway.agent.fleet;

import dev.slipway.agent.connection.ControlPlane;
import dev.slipway.agent.state.DurableFiles;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetReference;
import dev.slipway.core.retry.Backoff;
import dev.slipway.workflows.Payloads;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the targets of steps declare, read from the API once per digest. The last one of each target is kept on disk, so
 * that the steps of a deployment, and its rollback, need no API once the first of them has read it.
 */
final class Specifications {
    private static final Logger log = LoggerFactory.getLogger(Specifications.class);
    private static final Backoff BACKOFF = Backoff.ofMillis(250, 4_000);

    // About 16 s of pauses: an API that restarts is back sooner, and the first step of a task has 45 s in all.
    private static final int TRIES = 8;

    private final ControlPlane controlPlane;

    Specifications(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    /** The declaration that {@code reference} names, kept in {@code file}. */
    Target of(DeploymentId deployment, TargetReference reference, Path file) throws InterruptedException {
        Optional<String> kept = read(file).filter(text -> Digest.of(text).equals(reference.specification()));
        return Payloads.json()
                .readValue(kept.isPresent() ? kept.get() : fetch(deployment, reference, file), Target.class);
    }

    private String fetch(DeploymentId deployment, TargetReference reference, Path file) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            String problem;
            IOException cause = null;
            try {
                HttpResponse<byte[]> response = ask(deployment, reference);
                switch (response.statusCode()) {
                    case 200 -> {
                        return keep(verified(response.body(), reference), file);
                    }
                    case 404 ->
                        throw new SlipwayException(
                                FailureType.UNKNOWN_TARGET,
                                "The API has no target \"" + reference.name() + "\" of node \"" + reference.node()
                                        + "\" in deployment " + deployment + ". Deploy again.");
                    default -> problem = "status " + response.statusCode();
                }
            } catch (IOException e) {
                problem = Objects.requireNonNullElse(e.getMessage(), e.toString());
                cause = e;
            }
            if (failures == TRIES) {
                throw unavailable(reference, problem, cause);
            }
            Thread.sleep(BACKOFF.after(failures));
        }
    }

    private HttpResponse<byte[]> ask(DeploymentId deployment, TargetReference reference)
            throws IOException, InterruptedException {
        try {
            return controlPlane.specification(reference.node(), deployment.value(), reference.name());
        } catch (SlipwayException e) {
            // A stack that is just being started again has no settings for a moment.
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String verified(byte[] body, TargetReference reference) {
        Digest arrived = Digest.of(body);
        if (!arrived.equals(reference.specification())) {
            throw new SlipwayException(
                    FailureType.DIGEST_MISMATCH,
                    "The specification of target \"" + reference.name() + "\" has the digest " + arrived.abbreviated()
                            + ", expected " + reference.specification().abbreviated()
                            + ". If the database was changed manually, deploy again.");
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private static SlipwayException unavailable(
            TargetReference reference, String problem, @Nullable IOException cause) {
        return new SlipwayException(
                FailureType.ARTIFACT_UNAVAILABLE,
                "Could not read the specification of target \"" + reference.name() + "\" from the API: " + problem
                        + ". Check that the node can reach the API, and the agent's token.",
                cause);
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            log.debug("Could not read {}", file, e);
            return Optional.empty();
        }
    }

    /** A full disk is told by the step that needs it; to look at a target does not. */
    private static String keep(String text, Path file) {
        try {
            DurableFiles.write(file, text);
        } catch (SlipwayException e) {
            log.warn("{} Later steps read the specification from the API again.", e.getMessage());
        }
        return text;
    }
}
