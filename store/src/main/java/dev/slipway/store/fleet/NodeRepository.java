package dev.slipway.store.fleet;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

interface NodeRepository extends Repository<Node, String> {
    Optional<Node> findById(String name);

    List<Node> findAllByOrderByName();

    @Modifying
    @Query("""
            insert into node (name, version, runtimes, hostname, last_seen_at)
            values (:name, :version, string_to_array(:runtimes, ','), :hostname, now())
            on conflict (name) do update set version = excluded.version, runtimes = excluded.runtimes,
                hostname = excluded.hostname, last_seen_at = excluded.last_seen_at""")
    void seen(String name, String version, String runtimes, String hostname);

    // The clock of the database, which wrote the last sight too: replicas need not agree on the time.
    @Query("select name from node where last_seen_at > now() - make_interval(secs => :seconds)")
    List<String> seenWithin(double seconds);
}
