package dev.slipway.core.resource;

import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.gitops.Webhook;
import dev.slipway.core.manifest.Shape;
import dev.slipway.core.project.Environment;
import dev.slipway.core.project.Project;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every kind of document that can be applied. */
public final class Kinds {
    /** In the order in which they are explained. */
    public static final List<Class<? extends Record>> ALL = List.of(
            Project.class, Environment.class, GitProvider.class, IacRepository.class, Cluster.class, Webhook.class);

    private Kinds() {}

    /** Whether documents with this {@code kind} declare what belongs to a project. */
    public static boolean isOwned(@Nullable Object kind) {
        return ALL.stream()
                .filter(type -> name(type).equals(kind))
                .anyMatch(type -> Shape.of(type).parts().stream()
                        .anyMatch(part -> part.name().equals("project")));
    }

    /** What the field {@code kind} says of the documents of a record. */
    public static String name(Class<?> type) {
        return Shape.kind(type);
    }
}
