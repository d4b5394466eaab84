package dev.slipway.api.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.release.Component;
import dev.slipway.store.release.StoredRelease;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

record ReleaseView(String project, String name, String version, Instant createdAt, List<ComponentView> components) {
    static ReleaseView of(StoredRelease stored) {
        return new ReleaseView(
                stored.release().reference().project(),
                stored.release().reference().name(),
                stored.release().reference().version(),
                stored.createdAt(),
                stored.release().components().stream().map(ComponentView::of).toList());
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ComponentView(
            String name,
            String type,
            @Nullable String repository,
            Digest digest,
            @Nullable Long size) {
        static ComponentView of(Component component) {
            return switch (component.artifact()) {
                case Artifact.Archive archive ->
                    new ComponentView(component.name(), "archive", null, archive.digest(), archive.size());
                case Artifact.Image image ->
                    new ComponentView(component.name(), "image", image.repository(), image.digest(), null);
            };
        }
    }
}
