package dev.slipway.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the database is: a JDBC URL, or one as other PostgreSQL programs take it, with the login in it. */
record DatabaseUrl(
        String jdbcUrl, @Nullable String user, @Nullable String password) {
    static DatabaseUrl parse(String text) {
        if (text.startsWith("jdbc:postgresql:")) {
            return new DatabaseUrl(text, null, null);
        }
        URI uri = read(text);
        boolean postgres = "postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme());
        if (!postgres || uri.getHost() == null || uri.getRawPath().length() < 2) {
            throw unusable();
        }
        String authority = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String[] login = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        return new DatabaseUrl(
                "jdbc:postgresql://" + authority + uri.getRawPath() + query, part(login, 0), part(login, 1));
    }

    Map<String, Object> dataSource() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("spring.datasource.url", jdbcUrl);
        if (user != null) {
            settings.put("spring.datasource.username", user);
        }
        if (password != null) {
            settings.put("spring.datasource.password", password);
        }
        return settings;
    }

    /** The URL has a password in it: neither it nor the parser's message, which repeats it, is ever shown. */
    private static URI read(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw unusable();
        }
    }

    private static @Nullable String part(String[] parts, int index) {
        // A plus sign is itself in this part of a URL.
        return index < parts.length
                ? URLDecoder.decode(parts[index].replace("+", "%2B"), StandardCharsets.UTF_8)
                : null;
    }

    private static StartupException unusable() {
        return new StartupException(
                "The database URL cannot be read",
                "Set SLIPWAY_DATABASE_URL to postgres://user:password@host:5432/database (special characters"
                        + " percent-encoded) or to jdbc:postgresql://host:5432/database.");
    }

    @Override
    public String toString() {
        return jdbcUrl;
    }
}
