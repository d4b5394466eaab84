package dev.slipway.api.security;

import dev.slipway.api.ApiProperties;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.DeploymentId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Component;

/** Knows the tokens of this installation, by their hashes alone. */
@Component
class Tokens implements OpaqueTokenIntrospector {
    private final FollowTokens followTokens;
    private final Map<Role, byte[]> hashes = new EnumMap<>(Role.class);

    Tokens(ApiProperties properties, FollowTokens followTokens) {
        this.followTokens = followTokens;
        read(Role.OPERATOR, "slipway.token-file", properties.tokenFile());
        if (properties.agentTokenFile() != null) {
            read(Role.AGENT, "slipway.agent-token-file", properties.agentTokenFile());
        }
    }

    private void read(Role role, String setting, @Nullable Path file) {
        if (file == null) {
            throw new IllegalStateException(setting + " is not set; set it to the file that contains the token");
        }
        String token;
        try {
            token = Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalStateException(setting + ": " + file + " cannot be read: " + e.getMessage(), e);
        }
        if (token.isEmpty()) {
            throw new IllegalStateException(setting + ": " + file + " is empty; it must contain the token");
        }
        hashes.put(role, hash(token));
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        byte[] hash = hash(token);
        for (Map.Entry<Role, byte[]> known : hashes.entrySet()) {
            if (MessageDigest.isEqual(known.getValue(), hash)) {
                Role role = known.getKey();
                return principal(role, role.name().toLowerCase(Locale.ROOT));
            }
        }
        Optional<DeploymentId> followed = followTokens.deployment(token);
        if (followed.isPresent()) {
            return principal(Role.FOLLOWER, followed.get().value());
        }
        throw new BadOpaqueTokenException("Unknown token");
    }

    private static OAuth2AuthenticatedPrincipal principal(Role role, String name) {
        return new DefaultOAuth2AuthenticatedPrincipal(
                name,
                Map.of("role", role.name()),
                List.copyOf(AuthorityUtils.createAuthorityList("ROLE_" + role.name())));
    }

    private static byte[] hash(String token) {
        return Digest.sha256().digest(token.getBytes(StandardCharsets.UTF_8));
    }
}
