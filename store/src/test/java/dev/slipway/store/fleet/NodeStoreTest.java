package dev.slipway.store.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.store.StoreTest;
import dev.slipway.store.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@StoreTest
class NodeStoreTest {
    @Autowired
    private NodeStore nodes;

    @Autowired
    private JdbcClient jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.provide(registry);
    }

    @Test
    void remembersTheLatestThatANodeSaidOfItself() {
        nodes.seen("b", "0.1.0", List.of("process"), "old");
        nodes.seen("b", "0.2.0", List.of("process", "docker"), "new");
        nodes.seen("a", "0.1.0", List.of(), "host");

        assertThat(nodes.findAll()).extracting(Node::name).containsExactly("a", "b");
        Node node = nodes.find("b").orElseThrow();
        assertThat(node.version()).isEqualTo("0.2.0");
        assertThat(node.runtimes()).containsExactly("process", "docker");
        assertThat(node.hostname()).isEqualTo("new");
    }

    @Test
    void tellsTheNodesThatWereSeenOfLateFromTheOthers() {
        nodes.seen("fresh", "0.1.0", List.of("process"), "host");
        nodes.seen("stale", "0.1.0", List.of("process"), "host");
        jdbc.sql("update node set last_seen_at = now() - interval '16 seconds' where name = 'stale'")
                .update();

        assertThat(nodes.seenWithin(Duration.ofSeconds(15))).contains("fresh").doesNotContain("stale");
    }
}
