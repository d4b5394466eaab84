package dev.slipway.store.project;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.RepositoryUrl;
import dev.slipway.core.input.Names;
import dev.slipway.core.project.Project;
import dev.slipway.core.text.DidYouMean;
import dev.slipway.store.Columns;
import dev.slipway.store.fleet.Applied;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What is declared of projects. */
@Repository
public class ProjectStore {
    private final JdbcClient jdbc;

    ProjectStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes a project what is declared. */
    @Transactional
    public Applied apply(Project declared) {
        Optional<Project> current = find(declared.name());
        if (current.isPresent() && current.get().equals(declared)) {
            return Applied.UNCHANGED;
        }
        jdbc.sql("""
                        insert into project (name, spec) values (?, ?::json)
                        on conflict (name) do update set spec = excluded.spec, generation = project.generation + 1,
                            changed_at = now()""").params(declared.name(), Columns.json(declared)).update();
        return current.isPresent() ? Applied.CHANGED : Applied.CREATED;
    }

    public Optional<Project> find(String name) {
        return jdbc.sql("select spec from project where name = ?")
                .param(name)
                .query((row, _) -> Columns.json(row, "spec", Project.class))
                .optional();
    }

    /** The one of this name; fails with {@code UnknownProject}. */
    public Project get(String name) {
        return find(name)
                .orElseThrow(() -> new SlipwayException(
                        FailureType.UNKNOWN_PROJECT,
                        "There is no project \"" + Names.shown(name) + "\""
                                + DidYouMean.sentence(
                                        name,
                                        findAll().stream().map(Project::name).toList())));
    }

    /** All projects, by name. */
    public List<Project> findAll() {
        return jdbc.sql("select spec from project order by name")
                .query((row, _) -> Columns.json(row, "spec", Project.class))
                .list();
    }

    /** The project behind a repository. */
    public Optional<Project> ofRepository(RepositoryUrl repository) {
        return jdbc.sql("select spec from project where spec ->> 'repository' = ?")
                .param(repository.identity())
                .query((row, _) -> Columns.json(row, "spec", Project.class))
                .optional();
    }
}
