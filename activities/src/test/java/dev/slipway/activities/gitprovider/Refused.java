package dev.slipway.activities.gitprovider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.JobClaim;
import dev.slipway.core.gitops.JobVerifier;

/** What a verifier said instead of naming a job. */
final class Refused {
    private Refused() {}

    /** The message of a failure of this type, in which the token is not. */
    static String with(FailureType type, JobVerifier verifier, GitProvider provider, JobClaim claim) {
        SlipwayException refused = catchThrowableOfType(SlipwayException.class, () -> verifier.verify(provider, claim));
        assertThat(refused).as("the job was accepted").isNotNull();
        String message = String.valueOf(refused.getMessage());
        assertThat(refused.type()).as(message).isEqualTo(type);
        if (claim.token().length() > 3) {
            assertThat(message).doesNotContain(claim.token());
        }
        return message;
    }
}
