package dev.slipway.store;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.message.Message;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How values of the domain stand in columns. */
public final class Columns {
    // Its own mapper: what is stored must not change with how the API writes JSON.
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Columns() {}

    public static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    public static <T> T json(ResultSet row, String column, Class<T> type) throws SQLException {
        return JSON.readValue(row.getString(column), type);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    public static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    /** The JSON name of a value that is written as one word, such as an enum constant. */
    public static String word(Object value) {
        return JSON.convertValue(value, String.class);
    }

    public static <T> T word(ResultSet row, String column, Class<T> type) throws SQLException {
        return JSON.convertValue(row.getString(column), type);
    }

    public static @Nullable Digest digestOrNull(ResultSet row, String column) throws SQLException {
        String digest = row.getString(column);
        return digest == null ? null : new Digest(digest);
    }

    /** The failure of the columns {@code error} and {@code error_type}. */
    public static @Nullable Failure failure(ResultSet row) throws SQLException {
        String type = row.getString("error_type");
        return type == null
                ? null
                : new Failure(
                        FailureType.ofWireName(type).orElse(FailureType.INTERNAL), json(row, "error", Message.class));
    }

    public static @Nullable String detail(@Nullable Failure failure) {
        return failure == null ? null : json(failure.detail());
    }

    public static @Nullable String type(@Nullable Failure failure) {
        return failure == null ? null : failure.type().wireName();
    }
}
