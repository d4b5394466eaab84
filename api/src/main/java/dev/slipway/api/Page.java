package dev.slipway.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A part of a list. {@code next} is the cursor of the part behind it, null at the end. */
public record Page<T>(List<T> items, @Nullable String next) {
    public static final String DEFAULT_LIMIT = "100";

    /** The largest limit. */
    public static final int MOST = 1_000;

    /** All that there is. */
    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }

    /** Of items that were read with a limit of {@code limit + 1}: as many as asked for, and whether there are more. */
    public static <T> Page<T> of(List<T> items, int limit, Function<T, String> cursor) {
        if (items.size() <= limit) {
            return whole(items);
        }
        List<T> page = items.subList(0, limit);
        return new Page<>(page, cursor.apply(page.getLast()));
    }

    public <U> Page<U> map(Function<T, U> view) {
        return new Page<>(items.stream().map(view).toList(), next);
    }

    /** Returns {@code limit}, or fails where it is no size of a page. */
    public static int requireLimit(int limit) {
        return Input.requireFrom("limit", limit, 1, MOST);
    }
}
