package dev.slipway.workflows.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.gitops.GitRemote;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.workflows.gitops.IacRepositoryWorkflow.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PushQueueTest {
    private final PushQueue queue = new PushQueue(List.of(), Map.of(), Map.of());

    @Test
    void takesNoMoreAtOnceThanOneMessageToTemporalMayHold() {
        for (int i = 10; i < 40; i++) {
            queue.add(change(i, (16 << 10) - "text".length()));
        }

        assertThat(queue.takeBatch()).hasSize(16);
    }

    @Test
    void takesWhatIsTooLargeForCompanyAlone() {
        queue.add(change(10, 1));
        queue.add(change(11, 300 << 10));
        queue.add(change(12, 1));

        assertThat(queue.takeBatch()).hasSize(1);
        queue.settle(List.of(PushResult.withdrawn("Deployment dep10")));
        assertThat(queue.takeBatch())
                .extracting(change -> change.change().deployment().value())
                .containsExactly("dep11");
    }

    @Test
    void hasNoRoomForMoreThanTheNextRunMayBeGiven() {
        for (int i = 100; i < 500; i++) {
            queue.add(change(i, 5 << 10));
        }

        assertThat(queue.changes()).hasSizeBetween(100, 120);
        assertThat(queue.changes().getFirst().change().deployment().value()).isEqualTo("dep100");
    }

    @Test
    void countsTheBytesOfAText() {
        for (int i = 100; i < 500; i++) {
            queue.add(change(i, "\u4e2d".repeat(5 << 10)));
        }

        assertThat(queue.changes()).hasSizeBetween(40, 50);
    }

    @Test
    void hasRoomForTheLargestAloneAndForMoreOnceItIsMade() {
        queue.add(change(10, 900 << 10));
        queue.add(change(11, 1));
        assertThat(queue.takeBatch()).hasSize(1);
        queue.add(change(11, 1));
        assertThat(queue.isEmpty()).isTrue();

        queue.settle(List.of(PushResult.withdrawn("Deployment dep10")));
        queue.add(change(11, 1));

        assertThat(queue.isEmpty()).isFalse();
    }

    @Test
    void letsOthersPassARemoteThatIsAwayButNotALostWorker() {
        Instant begun = Instant.EPOCH;
        Change elsewhere = change(11, "x", "https://git.example.com/other");
        queue.add(change(10, 1));
        queue.takeBatch();
        queue.add(elsewhere);

        queue.giveBack(begun, false);
        assertThat(queue.takeBatch()).containsExactly(change(10, 1));
        queue.giveBack(begun.plusSeconds(1), true);

        assertThat(queue.takeBatch()).containsExactly(elsewhere);
        assertThat(queue.firstTry(change(10, 1), begun.plusSeconds(2))).isEqualTo(begun);
    }

    private static Change change(int number, int characters) {
        return change(number, "x".repeat(characters));
    }

    private static Change change(int number, String text) {
        return change(number, text, "https://git.example.com/iac");
    }

    private static Change change(int number, String text, String url) {
        return new Change(
                new IacRepository(
                        "iac",
                        GitRemote.parse("url", url),
                        "main",
                        null,
                        IacRepository.Person.SLIPWAY,
                        null,
                        List.of(),
                        null),
                new ChartChange.Replace(
                        new DeploymentId("dep" + number),
                        "charts/app-" + number,
                        new Digest("sha256:" + "c".repeat(64)),
                        "1.0.0",
                        Map.of("text", text),
                        "Deploy",
                        Map.of()));
    }
}
