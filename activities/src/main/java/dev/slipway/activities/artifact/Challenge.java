package dev.slipway.activities.artifact;

import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a registry wants to see: the scheme and parameters of its WWW-Authenticate header. */
record Challenge(String scheme, Map<String, String> parameters) {
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z_]+)=\"([^\"]*)\"");

    static Optional<Challenge> in(HttpHeaders headers) {
        return headers.firstValue("WWW-Authenticate").map(header -> {
            Map<String, String> parameters = new HashMap<>();
            Matcher matcher = PARAMETER.matcher(header);
            while (matcher.find()) {
                parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2));
            }
            return new Challenge(header.replaceFirst("\\s.*", "").toLowerCase(Locale.ROOT), parameters);
        });
    }

    boolean isBearer() {
        return scheme.equals("bearer") && parameters.containsKey("realm");
    }

    boolean isBasic() {
        return scheme.equals("basic");
    }

    /** Where a token to read this repository can be had. */
    String tokenUrl(String path) {
        String realm = parameters.getOrDefault("realm", "");
        String query = "scope=" + encode("repository:" + path + ":pull");
        if (parameters.containsKey("service")) {
            query += "&service=" + encode(parameters.get("service"));
        }
        return realm + (realm.contains("?") ? "&" : "?") + query;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
