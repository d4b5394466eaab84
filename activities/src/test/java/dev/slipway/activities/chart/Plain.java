package dev.slipway.activities.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML as any program reads it, to compare with. */
final class Plain {
    private Plain() {}

    static @Nullable Object load(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    static @Nullable Object at(@Nullable Object document, String path) {
        Object at = document;
        for (String part : path.split("\\.", -1)) {
            at = at instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return at;
    }

    /** {@code document} with {@code result} at {@code path}, which must be {@code value}, or a number or boolean written like it. */
    static Object with(@Nullable Object document, String path, String value, @Nullable Object result) {
        Object read = Objects.requireNonNull(result);
        assertThat(String.valueOf(read)).isEqualTo(value);
        Object before = at(document, path);
        if (!(before instanceof Number) && !(before instanceof Boolean)) {
            assertThat(read).isInstanceOf(String.class);
        }
        return with(document, List.of(path.split("\\.", -1)), read);
    }

    private static Object with(@Nullable Object document, List<String> path, Object value) {
        if (path.isEmpty()) {
            return value;
        }
        Map<Object, @Nullable Object> changed = new LinkedHashMap<>();
        if (document instanceof Map<?, ?> map) {
            changed.putAll(map);
        }
        changed.put(path.getFirst(), with(changed.get(path.getFirst()), path.subList(1, path.size()), value));
        return changed;
    }
}
