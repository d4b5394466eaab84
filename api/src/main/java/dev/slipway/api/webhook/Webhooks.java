package dev.slipway.api.webhook;

import dev.slipway.api.temporal.TemporalCalls;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.UsedTokens;
import dev.slipway.core.gitops.Webhook;
import dev.slipway.core.secret.SecretSource;
import dev.slipway.store.gitops.GitOpsResources;
import dev.slipway.store.gitops.ResourceKind;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Takes deliveries in: whose they are is proved first. Whatever is no proof gets the same answer. */
@Service
class Webhooks {
    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    // GitHub and Gitea sign no time, so that nothing but memory tells a repetition.
    private static final Duration MEMORY = Duration.ofDays(30);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final GitOpsResources resources;
    private final SecretSource secrets;
    private final NewsReader news;
    private final UsedTokens usedSignatures;
    private final TemporalCalls temporal;
    private final Lookouts lookouts;
    // Stands in for a key that is not there, so that a name that is not known is looked at as one that is.
    private final byte[] nobodys = new byte[32];
    private final Map<String, Instant> told = new ConcurrentHashMap<>();

    Webhooks(
            GitOpsResources resources,
            SecretSource secrets,
            NewsReader news,
            UsedTokens usedSignatures,
            TemporalCalls temporal,
            Lookouts lookouts) {
        this.resources = resources;
        this.secrets = secrets;
        this.news = news;
        this.usedSignatures = usedSignatures;
        this.temporal = temporal;
        this.lookouts = lookouts;
        new SecureRandom().nextBytes(nobodys);
    }

    void take(String name, Delivery delivery) {
        Optional<Webhook> declared = resources.find(ResourceKind.WEBHOOK, name);
        byte[] signature = Signature.shown(
                        delivery,
                        declared.map(Webhook::type).orElse(Webhook.Type.FLUX),
                        declared.flatMap(this::key).orElse(nobodys))
                .orElseThrow(
                        () -> declared.isEmpty() ? refused() : refused(name, "the signature is missing or invalid"));
        News told = news.read(declared.orElseThrow(), delivery);
        requireRecent(name, told.at());
        List<DeploymentId> concerned = lookouts.find(told);
        // Once it is known, the same delivery cannot come again.
        temporal.requireReachable();
        requireFirst(name, signature, told.at());
        lookouts.call(concerned);
    }

    private Optional<byte[]> key(Webhook webhook) {
        try {
            return Optional.of(webhook.key(secrets.resolve(webhook.secret())));
        } catch (SlipwayException e) {
            tell(webhook.name(), "unusable key: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void requireRecent(String name, @Nullable Instant at) {
        if (at != null && Duration.between(at, Instant.now()).abs().compareTo(TOLERANCE) > 0) {
            throw refused(name, "sent at " + at + ", more than 5 minutes from the server's clock");
        }
    }

    private void requireFirst(String name, byte[] signature, @Nullable Instant at) {
        Instant expiry = at == null ? Instant.now().plus(MEMORY) : at.plus(TOLERANCE);
        if (!usedSignatures.firstUse("webhook " + name + " " + sha256(signature), expiry)) {
            throw refused(name, "replayed delivery");
        }
    }

    /** What was wrong is for the log alone: whoever tries is told nothing to try by. */
    private SlipwayException refused(String name, String why) {
        tell(name, "delivery rejected: " + why);
        return refused();
    }

    /** Whoever sends much is not to fill the log. */
    private void tell(String declared, String what) {
        Instant now = Instant.now();
        Instant last = told.getOrDefault(declared, Instant.MIN);
        if (last.isBefore(now.minus(BETWEEN_WARNINGS))) {
            told.put(declared, now);
            log.warn("Webhook {}: {}", declared, what);
        }
    }

    private static SlipwayException refused() {
        return new SlipwayException(
                FailureType.UNAUTHENTICATED,
                "Unknown webhook, or the delivery is unsigned, older than 5 minutes or a replay");
    }

    private static String sha256(byte[] bytes) {
        return Digest.of(bytes).hex();
    }
}
