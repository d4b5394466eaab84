package dev.slipway.core.resource;

import dev.slipway.core.fleet.Environment;
import dev.slipway.core.gitops.App;
import dev.slipway.core.gitops.AppEnvironment;
import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.gitops.Webhook;
import dev.slipway.core.manifest.Shape;
import java.util.List;

/** Every kind of document that can be applied. */
public final class Kinds {
    /** In the order in which they are explained. */
    public static final List<Class<? extends Record>> ALL = List.of(
            Environment.class,
            GitProvider.class,
            App.class,
            IacRepository.class,
            Cluster.class,
            AppEnvironment.class,
            Webhook.class);

    private Kinds() {}

    /** What the field {@code kind} says of the documents of a record. */
    public static String name(Class<?> type) {
        return Shape.kind(type);
    }
}
