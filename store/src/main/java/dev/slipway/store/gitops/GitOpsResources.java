package dev.slipway.store.gitops;

import dev.slipway.store.Columns;
import dev.slipway.store.fleet.Applied;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What is declared for GitOps. Each kind is read and written as the record of the core that it is. */
@Repository
public class GitOpsResources {
    private final JdbcClient jdbc;

    GitOpsResources(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes a resource what is declared. */
    @Transactional
    public <T> Applied apply(ResourceKind<T> kind, T declared) {
        Optional<T> current = current(kind, declared);
        if (current.isPresent() && current.get().equals(declared)) {
            return Applied.UNCHANGED;
        }
        jdbc.sql("""
                        insert into gitops_resource (kind, name, spec) values (?, ?, ?::json)
                        on conflict (kind, name) do update set spec = excluded.spec,
                            generation = gitops_resource.generation + 1, changed_at = now()""")
                .params(kind.name(), kind.nameOf().apply(declared), Columns.json(declared))
                .update();
        return current.isPresent() ? Applied.CHANGED : Applied.CREATED;
    }

    /** What stands where {@code declared} would. */
    public <T> Optional<T> current(ResourceKind<T> kind, T declared) {
        return find(kind, kind.nameOf().apply(declared));
    }

    /** The one of this name. */
    public <T> Optional<T> find(ResourceKind<T> kind, String name) {
        return jdbc.sql("select spec from gitops_resource where kind = ? and name = ?")
                .params(kind.name(), name)
                .query((row, _) -> Columns.json(row, "spec", kind.type()))
                .optional();
    }

    /** All of a kind, by name. */
    public <T> List<T> findAll(ResourceKind<T> kind) {
        return jdbc.sql("select spec from gitops_resource where kind = ? order by name")
                .param(kind.name())
                .query((row, _) -> Columns.json(row, "spec", kind.type()))
                .list();
    }

    /** Nobody else applies anything until this transaction has ended. */
    public void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('slipway.apply'))")
                .query()
                .singleValue();
    }
}
