package dev.slipway.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.deployment.DeploymentMessage;
import dev.slipway.core.gitops.GitOpsMessage;
import dev.slipway.core.release.ReleaseMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    @Test
    void hasWordsForEveryCodeAndNoOthers() {
        Set<String> codes = new TreeSet<>(Set.of("text"));
        Stream.of(DeploymentMessage.values(), ReleaseMessage.values(), GitOpsMessage.values())
                .flatMap(Arrays::<MessageCode>stream)
                .forEach(code -> codes.add(code.code()));

        assertThat(Catalogue.ENGLISH.codes()).containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void choosesTheWordThatGoesWithTheNumber() {
        assertThat(ReleaseMessage.ROLLOUT_ALL_AT_ONCE.with("targets", 1)).hasToString("Updating 1 target at once");
        assertThat(ReleaseMessage.ROLLOUT_ALL_AT_ONCE.with("targets", 3)).hasToString("Updating 3 targets at once");
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        assertThat(DeploymentMessage.CANCELED.with("actor", "alice", "reason", null))
                .hasToString("Canceled by alice");
        assertThat(DeploymentMessage.CANCELED.with("actor", "alice", "reason", "lunch"))
                .hasToString("Canceled by alice: lunch");
    }

    @Test
    void takesWhatAnArgumentSaysLiterally() {
        assertThat(DeploymentMessage.CANCELED.with("actor", "{reason} $1 \\", "reason", "[{actor}] {parts}"))
                .hasToString("Canceled by {reason} $1 \\: [{actor}] {parts}");
    }

    @Test
    void putsPartsWhereTheTextWantsThemAndOtherwiseBehindIt() {
        Message cause = Message.text("disk full");

        assertThat(ReleaseMessage.TARGET_HELD.with("target", "web-1").and(cause))
                .hasToString("web-1 (version unknown): disk full");
        assertThat(DeploymentMessage.SUPERSEDED.with("by", "01k3").and(List.of(cause)))
                .hasToString("Superseded by deployment 01k3. disk full");
    }

    @Test
    void showsACodeOfALaterVersion() {
        assertThat(new Message("from-tomorrow", Map.of("x", "1"), List.of())).hasToString("from-tomorrow {x=1}");
    }
}
