package dev.slipway.api.manifest;

import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Takes every plain scalar for text, so that {@code 1.10}, {@code no} and {@code 0123} stay what was written. */
final class PlainResolver extends Resolver {
    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.MERGE, MERGE, "<");
        addImplicitResolver(Tag.NULL, NULL, "~nN\0");
        addImplicitResolver(Tag.NULL, EMPTY, null);
    }
}
