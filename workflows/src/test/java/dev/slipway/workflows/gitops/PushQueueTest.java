package dev.slipway.workflows.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.gitops.GitRemote;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.workflows.gitops.IacRepositoryWorkflow.Change;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PushQueueTest {
    private final PushQueue queue = new PushQueue(List.of(), List.of(), Map.of());

    @Test
    void takesNoMoreAtOnceThanOneMessageToTemporalMayHold() {
        for (int i = 10; i < 40; i++) {
            queue.add(change(i, 16 << 10));
        }

        assertThat(queue.takeBatch()).hasSize(16);
    }

    @Test
    void takesWhatIsTooLargeForCompanyAlone() {
        queue.add(change(10, 1));
        queue.add(change(11, 300 << 10));
        queue.add(change(12, 1));

        assertThat(queue.takeBatch()).hasSize(1);
        queue.settle(List.of(IacPushWorkflow.Result.WITHDRAWN));
        assertThat(queue.takeBatch())
                .extracting(change -> change.change().deployment().value())
                .containsExactly("dep11");
    }

    private static Change change(int number, int characters) {
        return new Change(
                new IacRepository(
                        "iac",
                        GitRemote.parse("url", "https://git.example.com/iac"),
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
                        Map.of("text", "x".repeat(characters)),
                        "Deploy",
                        Map.of()));
    }
}
