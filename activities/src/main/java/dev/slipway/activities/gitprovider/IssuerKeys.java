package dev.slipway.activities.gitprovider;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import dev.slipway.core.failure.SlipwayException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public keys of OIDC issuers, found by discovery (OpenID Connect Discovery 1.0), cached, and fetched again when a
 * token names one that is missing: not more often than twice in a while, because anybody can write such a token.
 */
final class IssuerKeys {
    static final Duration FRESH = Duration.ofMinutes(10);
    static final Duration RATE = Duration.ofSeconds(15);
    /** As long keys are good while their issuer cannot be reached. */
    static final Duration USABLE = Duration.ofHours(1);
    // Longer than the two requests of a look may take, for those who wait for its outcome.
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ProviderHttp http;
    private final Clock clock;
    private final Map<URI, JWKSource<SecurityContext>> issuers = new ConcurrentHashMap<>();

    IssuerKeys(ProviderHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /** The keys of {@code issuer}; asking for them fails with {@code ProviderUnavailable} while they are not known. */
    JWKSource<SecurityContext> of(URI issuer) {
        return issuers.computeIfAbsent(issuer, uri -> new Issuer(uri).cached());
    }

    private final class Issuer {
        private final URI uri;
        private final String who;

        Issuer(URI uri) {
            this.uri = uri;
            this.who = "The OIDC issuer " + uri;
        }

        JWKSource<SecurityContext> cached() {
            JWKSetSource<SecurityContext> keys = ((JWKSetBasedJWKSource<SecurityContext>)
                            JWKSourceBuilder.create(new Look())
                                    .cache(FRESH.toMillis(), LONGEST_LOOK.toMillis())
                                    .refreshAheadCache(false)
                                    .rateLimited(RATE.toMillis())
                                    .outageTolerant(USABLE.toMillis())
                                    .build())
                    .getJWKSetSource();
            return (selector, _) -> select(keys, selector);
        }

        // As JWKSetBasedJWKSource does it, but by our own clock.
        private List<JWK> select(JWKSetSource<SecurityContext> keys, JWKSelector selector) {
            JWKSet known;
            try {
                known = keys.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), clock.millis(), null);
            } catch (RateLimitReachedException e) {
                throw ProviderHttp.unavailable(who, "it did not respond to the last request", e);
            } catch (KeySourceException e) {
                throw e.getCause() instanceof SlipwayException told
                        ? told
                        : ProviderHttp.unavailable(who, "could not fetch its keys", e);
            }
            List<JWK> found = selector.select(known);
            try {
                return found.isEmpty()
                        ? selector.select(keys.getJWKSet(
                                JWKSetCacheRefreshEvaluator.referenceComparison(known), clock.millis(), null))
                        : found;
            } catch (KeySourceException e) {
                // Among the keys that are known there is none.
                return List.of();
            }
        }

        private final class Look implements JWKSetSource<SecurityContext> {
            @Override
            public JWKSet getJWKSet(
                    JWKSetCacheRefreshEvaluator refresh, long currentTime, @Nullable SecurityContext context)
                    throws KeySourceException {
                try {
                    return look();
                } catch (SlipwayException e) {
                    throw new JWKSetUnavailableException(String.valueOf(e.getMessage()), e);
                }
            }

            @Override
            public void close() {}
        }

        private JWKSet look() {
            URI discovery = URI.create(uri.toString().replaceFirst("/+$", "") + "/.well-known/openid-configuration");
            JsonNode configuration = requireObject(get(discovery), "configuration is not a JSON object");
            String says = configuration.path("issuer").asString("");
            if (!says.equals(uri.toString())) {
                throw ProviderHttp.unavailable(who, "its configuration names a different issuer", null);
            }
            String keySet = get(keysUri(configuration));
            requireObject(keySet, "keys are not a JSON Web Key Set");
            try {
                return JWKSet.parse(keySet);
            } catch (ParseException e) {
                throw ProviderHttp.unavailable(who, "its keys are not a JSON Web Key Set", e);
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
                throw ProviderHttp.unavailable(who, "its configuration has no valid jwks_uri", e);
            }
            throw ProviderHttp.unavailable(who, "its configuration has no valid jwks_uri", null);
        }

        // Not by the library's own client, which knows nothing of the addresses that are allowed.
        private String get(URI address) {
            ProviderHttp.Answer answer = http.get(who, address, Map.of());
            if (answer.status() != 200) {
                throw ProviderHttp.unavailable(who, "status " + answer.status(), null);
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
