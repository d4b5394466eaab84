package dev.slipway.store.release;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.release.Component;
import dev.slipway.core.release.Release;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Releases. They are made once and never change. */
@Repository
public class ReleaseStore {
    private final JdbcClient jdbc;

    ReleaseStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps the release. The same one again is passed over; another of its name and version fails with {@code ReleaseExists}. */
    public Made create(Release release) {
        int written = jdbc.sql("""
                        insert into release (project, name, version, components) values (?, ?, ?, ?::json)
                        on conflict do nothing""")
                .params(
                        release.reference().project(),
                        release.reference().name(),
                        release.reference().version(),
                        Columns.json(release.components()))
                .update();
        StoredRelease stored = find(release.reference()).orElseThrow();
        if (!Set.copyOf(stored.release().components()).equals(Set.copyOf(release.components()))) {
            throw new SlipwayException(
                    FailureType.RELEASE_EXISTS,
                    "Release " + release.reference() + " exists with other content; a release never changes, so choose"
                            + " another version");
        }
        return new Made(stored, written == 1);
    }

    public Optional<StoredRelease> find(ReleaseReference reference) {
        return jdbc.sql("select * from release where project = ? and name = ? and version = ?")
                .params(reference.project(), reference.name(), reference.version())
                .query(ReleaseStore::release)
                .optional();
    }

    /** Releases of a project, the newest first: of one name where it is given, and behind {@code last} where that is given. */
    public List<StoredRelease> list(String project, @Nullable String name, @Nullable ReleaseReference last, int limit) {
        return jdbc.sql("""
                        select * from release
                        where project = :project and (cast(:name as text) is null or name = :name)
                            and (cast(:lastName as text) is null or (created_at, name, version) < (
                                select created_at, name, version from release
                                where project = :project and name = :lastName and version = :lastVersion))
                        order by created_at desc, name desc, version desc limit :limit""")
                .param("project", project)
                .param("name", name)
                .param("lastName", last == null ? null : last.name())
                .param("lastVersion", last == null ? null : last.version())
                .param("limit", limit)
                .query(ReleaseStore::release)
                .list();
    }

    private static StoredRelease release(ResultSet row, int number) throws SQLException {
        ReleaseReference reference =
                new ReleaseReference(row.getString("project"), row.getString("name"), row.getString("version"));
        Component[] components = Columns.json(row, "components", Component[].class);
        return new StoredRelease(new Release(reference, List.of(components)), Columns.instant(row, "created_at"));
    }

    /** A release, and whether it was made just now. */
    public record Made(StoredRelease release, boolean fresh) {}
}
