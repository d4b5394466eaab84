package dev.slipway.store.fleet;

import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/** A machine whose agent has been heard of. */
@Table("node")
public record Node(@Id String name, String version, List<String> runtimes, String hostname, Instant lastSeenAt) {}
