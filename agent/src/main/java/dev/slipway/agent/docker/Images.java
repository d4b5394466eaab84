package dev.slipway.agent.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.PullResponseItem;
import dev.slipway.agent.fleet.Attempt;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Images by digest, and never by anything that could have moved: local ones first. */
final class Images {
    private final DockerCalls docker;

    Images(DockerCalls docker) {
        this.docker = docker;
    }

    /** The engine's id of {@code image}, which is pulled where it is missing. */
    String require(Artifact.Image image, Attempt attempt) throws InterruptedException {
        Optional<Image> local = local(image.digest());
        if (local.isPresent()) {
            attempt.say("Image " + image.digest().abbreviated() + " is already on the node.");
            return local.get().getId();
        }
        attempt.say("Pulling " + image.reference() + ".");
        pull(image);
        attempt.say("Pulled " + image.digest().abbreviated() + ".");
        return local(image.digest())
                .map(Image::getId)
                .orElseThrow(() -> new SlipwayException(
                        FailureType.IMAGE_NOT_FOUND,
                        "Docker pulled " + image.reference()
                                + ", but the image is missing. Check the node's images, then retry."));
    }

    /** The artifact of a digest that is on the node. */
    Optional<Artifact> recall(Digest digest) {
        return local(digest).map(image -> new Artifact.Image(repositoryOf(image, digest), digest));
    }

    private Optional<Image> local(Digest digest) {
        List<Image> images =
                docker.call("list images", client -> client.listImagesCmd().exec());
        return images.stream().filter(image -> isOf(image, digest)).findFirst();
    }

    private static boolean isOf(Image image, Digest digest) {
        return image.getId().equals(digest.value())
                || repoDigests(image).anyMatch(reference -> reference.endsWith("@" + digest));
    }

    private static String repositoryOf(Image image, Digest digest) {
        return repoDigests(image)
                .filter(reference -> reference.endsWith("@" + digest))
                .map(reference -> reference.substring(0, reference.indexOf('@')))
                .findFirst()
                .orElse("local");
    }

    private static Stream<String> repoDigests(Image image) {
        String @Nullable [] digests = image.getRepoDigests();
        return digests == null ? Stream.empty() : Arrays.stream(digests);
    }

    private void pull(Artifact.Image image) throws InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        try (ResultCallback.Adapter<PullResponseItem> progress = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(PullResponseItem item) {
                if (item.getErrorDetail() != null) {
                    failure.set(new DockerException(
                            String.valueOf(item.getErrorDetail().getMessage()), 500));
                }
            }

            @Override
            public void onError(Throwable thrown) {
                failure.set(thrown);
                super.onError(thrown);
            }
        }) {
            docker.call(
                    "pull " + image.reference(),
                    client -> client.pullImageCmd(image.reference()).exec(progress));
            awaitEnd(progress);
        } catch (IOException e) {
            throw docker.unavailable("pull " + image.reference(), e);
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw refused(image, thrown);
        }
    }

    private static void awaitEnd(ResultCallback.Adapter<PullResponseItem> progress) throws InterruptedException {
        try {
            progress.awaitCompletion();
        } catch (InterruptedException e) {
            throw e;
        } catch (RuntimeException e) {
            // The callback has kept it; it is told in the words of the catalogue.
            return;
        }
    }

    private SlipwayException refused(Artifact.Image image, Throwable thrown) {
        if (!(thrown instanceof DockerException)) {
            return docker.unavailable("pull " + image.reference(), thrown);
        }
        String said = String.valueOf(thrown.getMessage()).strip();
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("unauthorized") || lower.contains("denied") || lower.contains("no basic auth")) {
            return new SlipwayException(
                    FailureType.REGISTRY_REFUSED,
                    "The registry denied access to " + image.reference() + ": " + said
                            + ". Log the agent's user in on the node with: docker login.",
                    thrown);
        }
        if (lower.contains("manifest unknown") || lower.contains("not found")) {
            return new SlipwayException(
                    FailureType.IMAGE_NOT_FOUND,
                    "The registry has no " + image.reference() + ": " + said
                            + ". Push it again, or create the release again.",
                    thrown);
        }
        if (lower.contains("no space left on device")) {
            return new SlipwayException(
                    FailureType.DISK_FULL,
                    "Could not pull " + image.reference() + ": the disk is full. Free space on the node, then retry.",
                    thrown);
        }
        return new SlipwayException(
                FailureType.REGISTRY_UNAVAILABLE,
                "Could not pull " + image.reference() + ": " + said + ". Check that the node reaches the registry.",
                thrown);
    }
}
