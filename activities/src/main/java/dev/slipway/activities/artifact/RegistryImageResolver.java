package dev.slipway.activities.artifact;

import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.artifact.ImageResolver;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Asks image registries over the protocol of the OCI distribution specification. */
public final class RegistryImageResolver implements ImageResolver {
    private static final String DIGEST_HEADER = "Docker-Content-Digest";

    private final RegistryCredentials credentials;

    public RegistryImageResolver(RegistryCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public Artifact.Image resolve(String reference) {
        ImageReference image = ImageReference.parse(reference);
        RegistrySession session = new RegistrySession(image, RegistryAddress.of(image), credentials);
        HttpResponse<byte[]> head = session.manifest("HEAD");
        Optional<Digest> digest = digest(image, head);
        // Old registries do not name the digest of a manifest: then it is that of the manifest's bytes.
        return new Artifact.Image(
                image.repository(), digest.orElseGet(() -> RegistrySession.digestOf(session.manifest("GET"))));
    }

    private static Optional<Digest> digest(ImageReference image, HttpResponse<byte[]> response) {
        Optional<String> named = response.headers().firstValue(DIGEST_HEADER);
        if (image.version().startsWith("sha256:")
                && named.isPresent()
                && !named.get().equals(image.version())) {
            throw new SlipwayException(
                    FailureType.REGISTRY_REFUSED,
                    "The registry " + image.registry() + " returned a different digest for " + image + ".");
        }
        return named.filter(value -> value.startsWith("sha256:")).map(Digest::new);
    }
}
