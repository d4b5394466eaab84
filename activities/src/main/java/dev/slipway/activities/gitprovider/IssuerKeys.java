package dev.slipway.activities.gitprovider;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.slipway.core.failure.SlipwayException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public keys of OIDC issuers, found by discovery (OpenID Connect Discovery 1.0). They are kept a while, and asked for
 * again when a token names one that is not there: not more often than now and then, because anybody can write such a token.
 */
final class IssuerKeys {
    static final Duration FRESH = Duration.ofMinutes(10);
    static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);
    // Those who wait for the look at an issuer that is down must not each wait for one more.
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** As long keys are good while their issuer is not to be reached. */
    static final Duration USABLE = Duration.ofHours(1);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ProviderHttp http;
    private final Clock clock;
    private final Map<URI, Issuer> issuers = new ConcurrentHashMap<>();

    IssuerKeys(ProviderHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /** The keys with this id, or all where {@code keyId} is null; empty where the issuer has none such. */
    List<JWK> find(URI issuer, @Nullable String keyId) {
        return issuers.computeIfAbsent(issuer, Issuer::new).find(keyId);
    }

    private record Keys(List<JWK> all, Instant since) {
        List<JWK> named(@Nullable String id) {
            return id == null
                    ? all
                    : all.stream().filter(key -> id.equals(key.getKeyID())).toList();
        }
    }

    private final class Issuer {
        private final URI uri;
        private final String who;
        // One look at a time: whoever comes meanwhile waits for its outcome.
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable Keys keys;
        private @Nullable Instant lastLook;
        private @Nullable SlipwayException failure;

        Issuer(URI uri) {
            this.uri = uri;
            this.who = "The OIDC issuer " + uri;
        }

        List<JWK> find(@Nullable String id) {
            lock.lock();
            try {
                Keys known = keys;
                if (known == null || isOlder(known.since(), FRESH)) {
                    known = refreshed(known);
                }
                if (known.named(id).isEmpty() && lastLook != null && isOlder(lastLook, BETWEEN_LOOKS)) {
                    known = refreshed(known);
                }
                return known.named(id);
            } finally {
                lock.unlock();
            }
        }

        private Keys refreshed(@Nullable Keys known) {
            Keys usable = known != null && !isOlder(known.since(), USABLE) ? known : null;
            boolean lookedJustNow = lastLook != null && !isOlder(lastLook, usable == null ? PAUSE : BETWEEN_LOOKS);
            if (lookedJustNow && usable != null) {
                return usable;
            }
            if (lookedJustNow && failure != null) {
                throw ProviderHttp.unavailable(who, "it did not answer a moment ago", failure);
            }
            try {
                lastLook = clock.instant();
                keys = new Keys(look(), clock.instant());
                failure = null;
                return keys;
            } catch (SlipwayException e) {
                failure = e;
                if (usable != null) {
                    return usable;
                }
                throw e;
            }
        }

        private boolean isOlder(Instant since, Duration age) {
            return since.plus(age).isBefore(clock.instant());
        }

        private List<JWK> look() {
            URI discovery = URI.create(uri.toString().replaceFirst("/+$", "") + "/.well-known/openid-configuration");
            JsonNode configuration = requireObject(get(discovery), "configuration is no JSON object");
            String says = configuration.path("issuer").asString("");
            if (!says.equals(uri.toString())) {
                throw ProviderHttp.unavailable(who, "it calls itself by another name in its configuration", null);
            }
            String keySet = get(keysUri(configuration));
            requireObject(keySet, "keys are no JSON Web Key Set");
            try {
                return JWKSet.parse(keySet).getKeys();
            } catch (ParseException e) {
                throw ProviderHttp.unavailable(who, "its keys are no JSON Web Key Set", e);
            }
        }

        private URI keysUri(JsonNode configuration) {
            try {
                URI keysUri = URI.create(configuration.path("jwks_uri").asString(""));
                boolean asSafe = "https".equalsIgnoreCase(keysUri.getScheme())
                        || ("http".equalsIgnoreCase(keysUri.getScheme()) && "http".equalsIgnoreCase(uri.getScheme()));
                if (asSafe && keysUri.getHost() != null && keysUri.getUserInfo() == null) {
                    return keysUri;
                }
            } catch (IllegalArgumentException e) {
                throw ProviderHttp.unavailable(who, "its configuration names no address of its keys", e);
            }
            throw ProviderHttp.unavailable(who, "its configuration names no address of its keys", null);
        }

        private String get(URI address) {
            ProviderHttp.Answer answer = http.get(who, address, Map.of());
            if (answer.status() != 200) {
                throw ProviderHttp.unavailable(who, "it answered with status " + answer.status(), null);
            }
            return answer.body();
        }

        private JsonNode requireObject(String body, String otherwise) {
            try {
                JsonNode node = JSON.readTree(body);
                if (node != null && node.isObject()) {
                    return node;
                }
                throw ProviderHttp.unavailable(who, "its " + otherwise, null);
            } catch (JacksonException e) {
                throw ProviderHttp.unavailable(who, "its " + otherwise, e);
            }
        }
    }
}
