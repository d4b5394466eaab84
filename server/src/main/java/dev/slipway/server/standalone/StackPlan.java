package dev.slipway.server.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which processes this stack has, and where they listen; a null process is not ours to run. */
record StackPlan(@Nullable Postgres postgres, @Nullable Temporal temporal, Server server, Agent agent, Stack stack) {
    private static final int SERVER_PORT = 8400;
    private static final int POSTGRES_PORT = 7432;
    private static final int TEMPORAL_PORT = 7233;
    private static final int TEMPORAL_UI_PORT = 8233;
    // The development server forgets after a day, and people ask later than that why a deployment failed.
    private static final String HISTORIES_KEPT = "30d";

    /** Ports are those of the last time when they are free. {@code wantedPort} is the server's; 0 when nobody cares. */
    static StackPlan make(DataDirectory data, int wantedPort, Map<String, String> environment, Consumer<String> say)
            throws IOException {
        CacheDirectory cache = CacheDirectory.of(environment);
        Optional<Stack> last = new StackFile(data.stackFile()).read();
        Ports ports = new Ports(cache, say);
        int port = ports.choose("the server", wantedPort > 0 ? wantedPort : last(last.map(Stack::url), SERVER_PORT));

        Temporal temporal = null;
        String temporalAddress = environment.getOrDefault("SLIPWAY_TEMPORAL_ADDRESS", "");
        if (temporalAddress.isBlank()) {
            temporal = new Temporal(
                    data,
                    new TemporalPrograms(SearchPath.ofEnvironment(), cache, say),
                    ports.choose(
                            "Temporal", last(last.map(Stack::temporalAddress).map("tcp://"::concat), TEMPORAL_PORT)),
                    ports.choose("Temporal's web UI", last(last.map(Stack::temporalUi), TEMPORAL_UI_PORT)));
            temporalAddress = temporal.address();
        }
        Postgres postgres = null;
        if (environment.getOrDefault("SLIPWAY_DATABASE_URL", "").isBlank()) {
            Optional<String> url = last.map(Stack::databaseUrl).filter(known -> known.startsWith("jdbc:"));
            postgres = new Postgres(
                    data,
                    cache,
                    ports.choose("PostgreSQL", last(url.map(u -> u.substring("jdbc:".length())), POSTGRES_PORT)));
        }
        Server server = new Server(data, port, serverSettings(data, port, temporalAddress, temporal, postgres));
        Stack stack = new Stack(
                Stack.State.starting,
                server.url(),
                data.token().toString(),
                data.agentToken().toString(),
                data.payloadKey().toString(),
                temporalAddress,
                Temporal.NAMESPACE,
                temporal == null ? "" : temporal.uiUrl(),
                postgres == null ? "" : postgres.jdbcUrl(),
                Map.of());
        return new StackPlan(postgres, temporal, server, new Agent(data, server.url()), stack);
    }

    private static int last(Optional<String> url, int preferred) {
        return url.map(URI::create).map(URI::getPort).filter(port -> port > 0).orElse(preferred);
    }

    private static Map<String, String> serverSettings(
            DataDirectory data,
            int port,
            String temporalAddress,
            @Nullable Temporal temporal,
            @Nullable Postgres postgres)
            throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "SLIPWAY_ROLES", "api,worker",
                "SERVER_ADDRESS", "127.0.0.1",
                "SERVER_PORT", Integer.toString(port),
                "SLIPWAY_TOKEN_FILE", data.token().toString(),
                "SLIPWAY_AGENT_TOKEN_FILE", data.agentToken().toString(),
                "SLIPWAY_PAYLOAD_KEY_FILE", data.payloadKey().toString(),
                "SLIPWAY_SECRET_KEY_FILE", data.secretKey().toString(),
                "SLIPWAY_TEMPORAL_ADDRESS", temporalAddress,
                "SLIPWAY_GITOPS_CLONES", data.clones().toString()));
        // Whoever runs this has a shell on the same machine.
        settings.put("SLIPWAY_NETWORK_ALLOW_LOOPBACK", "true");
        if (temporal != null) {
            settings.put("SLIPWAY_TEMPORAL_UI_URL", temporal.uiUrl());
            settings.put("SLIPWAY_TEMPORAL_RETENTION", HISTORIES_KEPT);
        }
        if (postgres != null) {
            settings.put("SPRING_DATASOURCE_URL", postgres.jdbcUrl());
            settings.put("SPRING_DATASOURCE_USERNAME", Postgres.USER);
            settings.put(
                    "SPRING_DATASOURCE_PASSWORD",
                    Files.readString(data.databasePassword()).strip());
        }
        return settings;
    }

    /** In the order in which they are started; they are stopped the other way round. */
    List<ManagedProcess> processes() {
        List<ManagedProcess> all = new ArrayList<>();
        if (postgres != null) {
            all.add(postgres);
        }
        if (temporal != null) {
            all.add(temporal);
        }
        all.add(server);
        all.add(agent);
        return all;
    }
}
