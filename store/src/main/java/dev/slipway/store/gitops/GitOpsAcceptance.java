package dev.slipway.store.gitops;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.TokenUse;
import dev.slipway.core.gitops.UsedTokens;
import dev.slipway.store.deployment.IdempotencyKey;
import dev.slipway.store.deployment.IdempotencyKeys;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Accepts GitOps deployments: from here on each of them has to come to an end. */
@Repository
public class GitOpsAcceptance {
    private final GitOpsDeploymentStore deployments;
    private final IdempotencyKeys keys;
    private final UsedTokens usedTokens;

    GitOpsAcceptance(GitOpsDeploymentStore deployments, IdempotencyKeys keys, UsedTokens usedTokens) {
        this.usedTokens = usedTokens;
        this.deployments = deployments;
        this.keys = keys;
    }

    /**
     * Writes the deployment, or nothing at all. A request whose key was answered before gets that answer; otherwise
     * {@code response} makes it, and it is kept under the key.
     */
    @Transactional
    public Accepted accept(
            NewGitOpsDeployment asked, @Nullable IdempotencyKey key, Function<GitOpsDeployment, String> response) {
        Optional<IdempotencyKeys.Answer> earlier = key == null ? Optional.empty() : keys.answerOrTake(key);
        if (earlier.isPresent()) {
            return new Accepted(
                    deployments.find(earlier.get().deployment()).orElseThrow(),
                    earlier.get().response());
        }
        TokenUse token = asked.tokenUse();
        if (token != null && !usedTokens.firstUse(token.id(), token.expiry())) {
            throw new SlipwayException(
                    FailureType.UNAUTHENTICATED,
                    "The job's token was already used for another request. Request a new one in the job");
        }
        GitOpsDeployment deployment = deployments.insert(asked);
        Accepted accepted = new Accepted(deployment, response.apply(deployment));
        if (key != null) {
            keys.answer(key, new IdempotencyKeys.Answer(deployment.id(), accepted.response()));
        }
        return accepted;
    }

    /** A deployment as it stands, and the answer to the request that it was accepted by, now or earlier. */
    public record Accepted(GitOpsDeployment deployment, String response) {}
}
