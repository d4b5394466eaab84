package dev.slipway.core.gitops;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a Git repository: https and ssh only, as URL or in the short form of ssh ({@code git@host:path}). There
 * is no password in it.
 *
 * @param user null where none is given
 * @param path without a leading slash
 */
public record GitRemote(Scheme scheme, @Nullable String user, String host, int port, String path) {
    private static final Pattern URL = Pattern.compile(
            "(?i)(https|http|ssh)://(?:([^/@:]+)(:[^/@]*)?@)?(\\[[0-9a-f:.]+]|[^/:@\\[\\]]+)(?::(\\d{1,5}))?/(.+)");
    private static final Pattern SHORT = Pattern.compile("(?:([^/@:]+)@)([^/:@]+):(?!/)(.+)");
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\\[[0-9a-f:.]{2,45}]");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]{0,63}");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._~+/-]{1,512}");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1]");

    /** How it is reached. Plain http is for repositories on loopback only. */
    public enum Scheme {
        HTTPS(443),
        HTTP(80),
        SSH(22);

        private final int defaultPort;

        Scheme(int defaultPort) {
            this.defaultPort = defaultPort;
        }

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads an address, or fails naming {@code field}. A password in it is refused, and not repeated. */
    @SuppressWarnings("NullAway") // Groups that did not match.
    public static GitRemote parse(String field, String text) {
        // Some letters beyond ASCII become ASCII in lower case, and would make one host of two.
        if (!text.chars().allMatch(c -> c < 0x80)) {
            throw refused(field, text);
        }
        Matcher url = URL.matcher(text);
        if (url.matches()) {
            if (url.group(3) != null) {
                throw new InvalidInputException(
                        field, "contains a password; store it with \"slipway secret set\" and name it as credential");
            }
            Scheme scheme = Scheme.valueOf(url.group(1).toUpperCase(Locale.ROOT));
            int port = url.group(5) == null ? scheme.defaultPort : Integer.parseInt(url.group(5));
            return checked(field, text, scheme, url.group(2), url.group(4), port, url.group(6));
        }
        Matcher brief = SHORT.matcher(text);
        if (brief.matches() && !text.contains("::") && !text.contains("://")) {
            return checked(
                    field, text, Scheme.SSH, brief.group(1), brief.group(2), Scheme.SSH.defaultPort, brief.group(3));
        }
        throw refused(field, text);
    }

    private static GitRemote checked(
            String field, String text, Scheme scheme, @Nullable String user, String host, int port, String path) {
        String lower = host.toLowerCase(Locale.ROOT);
        boolean sound = HOST.matcher(lower).matches()
                && !lower.contains("..")
                && (user == null || USER.matcher(user).matches())
                && port >= 1
                && port <= 65_535
                && PATH.matcher(path).matches()
                && !("/" + path + "/").contains("/../")
                && !("/" + path + "/").contains("/./")
                && !path.contains("//")
                && !path.startsWith("-")
                && !path.startsWith("/");
        if (!sound) {
            throw refused(field, text);
        }
        return new GitRemote(scheme, user, lower, port, path);
    }

    private static InvalidInputException refused(String field, String text) {
        return new InvalidInputException(
                field,
                "invalid repository URL \"" + Names.shown(withoutSecrets(text))
                        + "\": expected https://HOST/PATH or ssh://USER@HOST/PATH");
    }

    // What cannot be read may hold a password where none was found: all of the user and the query go.
    private static String withoutSecrets(String text) {
        return text.replaceAll("(?s)\\?.*", "?***").replaceAll("(?s)^([A-Za-z0-9+.-]+:+//)?+.*:.*@", "$1***@");
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static GitRemote read(String text) {
        return parse("remote", text);
    }

    /** Whether what is sent can be read on the way. */
    boolean isOpen() {
        return scheme == Scheme.HTTP && !LOOPBACK.matcher(host).matches();
    }

    public boolean usesDefaultPort() {
        return port == scheme.defaultPort;
    }

    @Override
    @JsonValue
    public String toString() {
        return scheme.wireName() + "://" + (user == null ? "" : user + "@") + host
                + (usesDefaultPort() ? "" : ":" + port) + "/" + path;
    }
}
