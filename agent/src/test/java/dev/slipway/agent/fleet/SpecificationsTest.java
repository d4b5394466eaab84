package dev.slipway.agent.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.connection.ControlPlane;
import dev.slipway.agent.rig.FakeControlPlane;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetReference;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.health.HealthCheck;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecificationsTest {
    private static final DeploymentId DEPLOYMENT = new DeploymentId("d0000001");
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final FakeControlPlane controlPlane = new FakeControlPlane();
    private final Specifications specifications = new Specifications(controlPlane.client());
    private final Path file;

    SpecificationsTest(@TempDir Path folder) {
        file = folder.resolve("specification.json");
    }

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    @Test
    void readsADeclarationOnceForAllStepsOfADeployment() throws Exception {
        Target target = target("one");
        TargetReference reference = controlPlane.plan(DEPLOYMENT.value(), target);

        for (int step = 0; step < 3; step++) {
            assertThat(specifications.of(DEPLOYMENT, reference, file)).isEqualTo(target);
        }

        assertThat(controlPlane.specificationRequests).hasValue(1);
    }

    @Test
    void readsTheNextDeclarationInItsPlace() throws Exception {
        specifications.of(DEPLOYMENT, controlPlane.plan(DEPLOYMENT.value(), target("one")), file);

        Target changed = target("two");
        TargetReference reference = controlPlane.plan(DEPLOYMENT.value(), changed);

        assertThat(specifications.of(DEPLOYMENT, reference, file)).isEqualTo(changed);
        assertThat(controlPlane.specificationRequests).hasValue(2);
    }

    @Test
    void needsNoApiForWhatTheLastAgentHasRead() throws Exception {
        Target target = target("one");
        TargetReference reference = controlPlane.plan(DEPLOYMENT.value(), target);
        specifications.of(DEPLOYMENT, reference, file);
        controlPlane.close();

        Specifications next = new Specifications(controlPlane.client());

        assertThat(next.of(DEPLOYMENT, reference, file)).isEqualTo(target);
    }

    @Test
    void readsAgainWhatWasDamagedOnDisk() throws Exception {
        Target target = target("one");
        TargetReference reference = controlPlane.plan(DEPLOYMENT.value(), target);
        specifications.of(DEPLOYMENT, reference, file);
        Files.writeString(file, "{");

        assertThat(specifications.of(DEPLOYMENT, reference, file)).isEqualTo(target);
    }

    @Test
    void letsNobodyElseReadIt() throws Exception {
        specifications.of(DEPLOYMENT, controlPlane.plan(DEPLOYMENT.value(), target("one")), file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void bridgesAShortOutageOfTheApi() throws Exception {
        Target target = target("one");
        TargetReference reference = controlPlane.plan(DEPLOYMENT.value(), target);
        controlPlane.answerSpecificationsWith(503);

        CompletableFuture<Target> read = CompletableFuture.supplyAsync(() -> read(reference));
        await().atMost(LIMIT).until(() -> controlPlane.specificationRequests.get() > 0);
        controlPlane.answerSpecificationsWith(200);

        await().atMost(LIMIT).until(read::isDone);
        assertThat(read.join()).isEqualTo(target);
    }

    @Test
    void failsWithAFailureToRetryWhileTheApiIsAway() {
        TargetReference reference = controlPlane.plan(DEPLOYMENT.value(), target("one"));
        controlPlane.answerSpecificationsWith(503);

        Throwable refused = catchThrowable(() -> specifications.of(DEPLOYMENT, reference, file));

        assertThat(refused)
                .isInstanceOfSatisfying(SlipwayException.class, e -> {
                    assertThat(e.type()).isEqualTo(FailureType.ARTIFACT_UNAVAILABLE);
                    assertThat(e.type().retryable()).isTrue();
                })
                .hasMessageContaining("web-1")
                .hasMessageContaining("status 503");
    }

    @Test
    void refusesWhatHasAnotherDigest() {
        Target target = target("one");
        TargetReference reference = controlPlane.plan(DEPLOYMENT.value(), target);
        controlPlane.falsify(DEPLOYMENT.value(), target, "{}".getBytes(StandardCharsets.UTF_8));

        Throwable refused = catchThrowable(() -> specifications.of(DEPLOYMENT, reference, file));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.type()).isEqualTo(FailureType.DIGEST_MISMATCH))
                .hasMessageContaining(Digest.of("{}").abbreviated());
        assertThat(file).doesNotExist();
    }

    @Test
    void failsForGoodWhereThePlanHasNoSuchTarget() {
        TargetReference reference = TargetReference.of(target("one"), Digest.of("one"));

        Throwable refused = catchThrowable(() -> specifications.of(DEPLOYMENT, reference, file));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.type()).isEqualTo(FailureType.UNKNOWN_TARGET));
    }

    @Test
    void worksOnAFullDisk(@TempDir Path folder) throws Exception {
        Target target = target("one");
        TargetReference reference = controlPlane.plan(DEPLOYMENT.value(), target);

        assertThat(specifications.of(DEPLOYMENT, reference, folder.resolve("no folder/specification.json")))
                .isEqualTo(target);
    }

    @Test
    void waitsForSettingsThatAreJustBeingWritten() throws Exception {
        Target target = target("one");
        TargetReference reference = controlPlane.plan(DEPLOYMENT.value(), target);
        int[] asked = new int[1];
        Specifications starting = new Specifications(new ControlPlane(() -> {
            if (asked[0]++ == 0) {
                throw new SlipwayException(FailureType.INVALID_INPUT, "no settings yet");
            }
            return controlPlane.settings();
        }));

        assertThat(starting.of(DEPLOYMENT, reference, file)).isEqualTo(target);
    }

    private Target read(TargetReference reference) {
        try {
            return specifications.of(DEPLOYMENT, reference, file);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Target target(String value) {
        return new Target(
                "web-1",
                "n1",
                "web",
                new TargetRuntime.ProcessRuntime("/srv/web-1", List.of("./start")),
                Map.of("VALUE", value),
                HealthCheck.RUNNING,
                Duration.ofMinutes(1));
    }
}
