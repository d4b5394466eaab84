package dev.slipway.api.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Names schemas as their records are called, without "View", and knows the class behind each name. */
final class SchemaNames extends TypeNameResolver {
    private static final String OURS = "dev.slipway.";

    private static final Map<Class<?>, String> OWN = Map.of(dev.slipway.core.gitops.OnFailure.class, "GitOpsOnFailure");

    // Swagger keeps its converters for the whole process and asks those of an earlier Spring context too, so what they
    // learn is kept for as long.
    private static final Map<String, Class<?>> CLASSES = new ConcurrentHashMap<>();

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        String own = OWN.get(type);
        if (own != null) {
            return own;
        }
        String name = super.nameForClass(type, options).replaceFirst("View$", "");
        Class<?> outer = type.getEnclosingClass();
        // Webhook.Type says nothing without the webhook.
        return type.isEnum() && outer != null ? nameForClass(outer, options) + name : name;
    }

    /** Fails where another class has this name. */
    void remember(String name, Class<?> type) {
        if (!type.getName().startsWith(OURS)) {
            return;
        }
        Class<?> other = CLASSES.putIfAbsent(name, type);
        if (other != null && other != type && !sameForm(other, type)) {
            throw new IllegalStateException("Two schemas have the name " + name + ", " + other.getName() + " and "
                    + type.getName() + "; give one another name");
        }
    }

    /** The class behind the schema of this name; empty for what is not of Slipway. */
    Optional<Class<?>> classOf(String name) {
        return Optional.ofNullable(CLASSES.get(name));
    }

    // Equal requests of several controllers, such as one with a reason.
    private static boolean sameForm(Class<?> a, Class<?> b) {
        return a.isRecord() && b.isRecord() && form(a).equals(form(b));
    }

    private static String form(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> component.getName() + " " + component.getAnnotatedType())
                .toList()
                .toString();
    }
}
