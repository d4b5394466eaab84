package dev.slipway.activities.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.workflows.gitops.ChartChange;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommitMessageTest {
    private static ChartChange.Replace replace(String subject, Map<String, String> trailers) {
        return new ChartChange.Replace(
                new DeploymentId("dep1"),
                "charts/shop",
                new Digest("sha256:" + "c".repeat(64)),
                "1.0.0",
                Map.of(),
                subject,
                trailers);
    }

    @Test
    void namesTheDeploymentFirst() {
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put("Job", "https://ci.example.com/7");
        trailers.put("Actor", "eve");

        assertThat(CommitMessage.of(replace("Deploy shop", trailers))).isEqualTo("""
                Deploy shop

                Slipway-Deployment: dep1
                Job: https://ci.example.com/7
                Actor: eve
                """);
    }

    @Test
    void nobodyPutsATrailerIntoASubjectOrAValue() {
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put("Actor", "eve\n\nSlipway-Deployment: dep2");
        trailers.put("slipway-deployment", "dep3");
        trailers.put("Slipway-Reverts", "dep4");
        trailers.put("A: b\nSlipway-Deployment", "dep5");
        trailers.put("Empty", "\r\n");

        assertThat(CommitMessage.of(replace("Deploy\n\nSlipway-Deployment: dep6\u2028x", trailers)))
                .isEqualTo("""
                Deploy Slipway-Deployment: dep6 x

                Slipway-Deployment: dep1
                Actor: eve Slipway-Deployment: dep2
                """);
    }

    @Test
    void tellsWhatIsRevertedAndWhy() {
        var revert = new ChartChange.Revert(
                new DeploymentId("dep1"),
                "charts/shop",
                "a".repeat(40),
                "It does not start.\nSlipway-Deployment: dep2");

        assertThat(CommitMessage.of(revert)).isEqualTo("""
                Revert deployment dep1

                It does not start. Slipway-Deployment: dep2

                This reverts commit aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.

                Slipway-Reverts: dep1
                """);
    }

    @Test
    void isOfABoundedLength() {
        assertThat(CommitMessage.of(replace("\uD83D\uDE80".repeat(5_000), Map.of("Job", "x".repeat(5_000)))))
                .hasSizeLessThan(1_500);
    }
}
