package dev.slipway.api.release;

import dev.slipway.api.Input;
import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.artifact.ImageResolver;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import dev.slipway.core.release.Component;
import dev.slipway.core.release.Release;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.artifact.StoredArtifact;
import dev.slipway.store.release.ReleaseStore;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Creates releases as they are asked for: archives that were uploaded, and images, whose tags are pinned now. */
@Service
class ReleaseRequests {
    private static final int MOST_COMPONENTS = 100;

    private final ReleaseStore releases;
    private final ArtifactStore artifacts;
    private final ImageResolver images;

    ReleaseRequests(ReleaseStore releases, ArtifactStore artifacts, ImageResolver images) {
        this.releases = releases;
        this.artifacts = artifacts;
        this.images = images;
    }

    /** Creates it in {@code project}, which is there. */
    ReleaseStore.Made create(String project, ReleaseRequest request) {
        List<ComponentRequest> asked = Input.required("components", request.components());
        if (asked.size() > MOST_COMPONENTS) {
            throw new InvalidInputException("components", "must be at most " + MOST_COMPONENTS);
        }
        String name = Input.required("name", request.name());
        String version = Input.required("version", request.version());
        value("name", () -> Names.requireName("name", name));
        ReleaseReference reference = value("version", () -> new ReleaseReference(project, name, version));
        List<Component> components = new ArrayList<>();
        for (ComponentRequest component : asked) {
            components.add(component("components[" + components.size() + "]", component));
        }
        return releases.create(value("components", () -> new Release(reference, components)));
    }

    private Component component(String field, @Nullable ComponentRequest asked) {
        ComponentRequest component = Input.required(field, asked);
        String given = Input.required(field + ".name", component.name());
        String name = value(field + ".name", () -> Names.requireName(field + ".name", given));
        String archive = component.archive();
        String image = component.image();
        if (archive != null && image == null) {
            return new Component(name, archive(field + ".archive", archive));
        }
        if (image != null && archive == null) {
            return new Component(name, value(field + ".image", () -> images.resolve(image)));
        }
        throw new UnprocessableException(field, field + ": needs either an archive or an image");
    }

    private Artifact archive(String field, String text) {
        Digest digest = value(field, () -> new Digest(text));
        StoredArtifact stored = artifacts
                .find(digest)
                .filter(StoredArtifact::complete)
                .orElseThrow(() -> new SlipwayException(
                        FailureType.UNKNOWN_ARTIFACT, "Archive " + digest + " has not been uploaded; upload it first"));
        return new Artifact.Archive(digest, stored.size());
    }

    /** A value of a request whose form is right, by the rule of the domain; {@code field} is its whole path. */
    private static <T> T value(String field, Supplier<T> rule) {
        try {
            return rule.get();
        } catch (InvalidInputException e) {
            throw new UnprocessableException(field, field + ": " + e.problem());
        }
    }

    record ReleaseRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED, pattern = Names.PATTERN) @Nullable
            String name,

            @Schema(requiredMode = RequiredMode.REQUIRED, pattern = ReleaseReference.VERSION_PATTERN) @Nullable
            String version,

            @ArraySchema(
                    arraySchema = @Schema(requiredMode = RequiredMode.REQUIRED),
                    minItems = 1,
                    maxItems = MOST_COMPONENTS)
            @Nullable
            List<ComponentRequest> components) {}

    /** {@code archive}: the digest of an uploaded archive. {@code image}: a reference, whose tag is pinned now. */
    record ComponentRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED, pattern = Names.PATTERN) @Nullable
            String name,

            @Schema(pattern = Digest.PATTERN) @Nullable String archive,

            @Nullable String image) {}
}
