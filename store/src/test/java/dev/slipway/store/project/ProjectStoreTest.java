package dev.slipway.store.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.fleet.EnvironmentId;
import dev.slipway.core.gitops.BranchPattern;
import dev.slipway.core.gitops.GitOpsGround;
import dev.slipway.core.gitops.OnFailure;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.core.gitops.RepositoryUrl;
import dev.slipway.core.project.Environment;
import dev.slipway.core.project.Project;
import dev.slipway.store.Samples;
import dev.slipway.store.StoreTest;
import dev.slipway.store.TestDatabase;
import dev.slipway.store.fleet.Applied;
import dev.slipway.store.fleet.EnvironmentStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@StoreTest
class ProjectStoreTest {
    @Autowired
    private ProjectStore projects;

    @Autowired
    private EnvironmentStore environments;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.provide(registry);
    }

    @Test
    void alwaysHasTheDefaultProject() {
        assertThat(projects.find(EnvironmentId.DEFAULT_PROJECT)).contains(new Project("default", null, null));
    }

    @Test
    void findsAProjectByItsRepositoryHoweverThatIsWritten() {
        Project plain = new Project("found", null, null);
        Project withRepository = new Project("found", repository("git@Git.example.com:team/found.git"), "lab");

        assertThat(projects.apply(plain)).isEqualTo(Applied.CREATED);
        assertThat(projects.apply(withRepository)).isEqualTo(Applied.CHANGED);
        assertThat(projects.apply(withRepository)).isEqualTo(Applied.UNCHANGED);
        assertThat(projects.ofRepository(repository("https://git.example.com/team/found/")))
                .contains(withRepository);
        assertThat(projects.ofRepository(repository("https://git.example.com/team/other")))
                .isEmpty();
    }

    @Test
    void keepsEnvironmentsOfOneNameApart() {
        projects.apply(new Project("owner", null, null));
        Environment ours = Samples.environment("same", Concurrency.REJECT, 1);
        Environment theirs = new Environment("owner", "same", Concurrency.SUPERSEDE, List.of(), ground());

        environments.apply(List.of(ours, theirs));

        assertThat(environments.find("same")).contains(ours);
        assertThat(environments.find("owner/same")).contains(theirs);
        assertThat(environments.ofProject("owner")).containsExactly(theirs);
        assertThat(environments.withGitOps("owner")).containsExactly(theirs);
        assertThat(environments.withGitOps(null)).contains(theirs).doesNotContain(ours);
        assertThat(environments.targets("owner/same")).isEmpty();
        assertThat(environments.targets("same")).hasSize(1);
    }

    private static RepositoryUrl repository(String url) {
        return RepositoryUrl.parse("repository", url);
    }

    private static GitOpsGround ground() {
        return new GitOpsGround(
                new BranchPattern("main"),
                "iac",
                "charts/same",
                Map.of(),
                null,
                Reconciler.NONE,
                null,
                null,
                GitOpsGround.DEFAULT_TIMEOUT,
                false,
                OnFailure.STOP);
    }
}
