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

/** What this stack runs, and where it listens. {@code programs} are those beside the server, in the order of {@link Part}. */
record StackPlan(List<ManagedProcess> programs, Server server, Stack stack) {
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
        Map<String, String> settings = settings(data, port);
        List<ManagedProcess> programs = new ArrayList<>();

        String databaseUrl = "";
        if (environment.getOrDefault("SLIPWAY_DATABASE_URL", "").isBlank()) {
            Optional<String> url = last.map(Stack::databaseUrl).filter(known -> known.startsWith("jdbc:"));
            Postgres postgres = new Postgres(
                    data,
                    cache,
                    ports.choose(
                            "PostgreSQL",
                            last(url.map(u -> u.substring("jdbc:".length())), POSTGRES_PORT),
                            isLeft(data, Part.POSTGRES)));
            programs.add(postgres);
            databaseUrl = postgres.jdbcUrl();
            settings.putAll(databaseSettings(data, databaseUrl));
        }
        String temporalAddress = environment.getOrDefault("SLIPWAY_TEMPORAL_ADDRESS", "");
        String temporalUi = "";
        if (temporalAddress.isBlank()) {
            boolean isLeft = isLeft(data, Part.TEMPORAL);
            Temporal temporal = new Temporal(
                    data,
                    new TemporalPrograms(SearchPath.ofEnvironment(), cache, say),
                    ports.choose(
                            "Temporal",
                            last(last.map(Stack::temporalAddress).map("tcp://"::concat), TEMPORAL_PORT),
                            isLeft),
                    ports.choose("Temporal's web UI", last(last.map(Stack::temporalUi), TEMPORAL_UI_PORT), isLeft));
            programs.add(temporal);
            temporalAddress = temporal.address();
            temporalUi = temporal.uiUrl();
            settings.put("slipway.temporal.ui-url", temporalUi);
            settings.put("slipway.temporal.retention", HISTORIES_KEPT);
        }
        settings.put("slipway.temporal.address", temporalAddress);
        Server server = new Server(data, port, settings);
        Stack stack = new Stack(
                Stack.State.starting,
                server.url(),
                data.token().toString(),
                data.agentToken().toString(),
                data.payloadKey().toString(),
                temporalAddress,
                Temporal.NAMESPACE,
                temporalUi,
                databaseUrl,
                Map.of());
        return new StackPlan(List.copyOf(programs), server, stack);
    }

    private static int last(Optional<String> url, int preferred) {
        return url.map(URI::create).map(URI::getPort).filter(port -> port > 0).orElse(preferred);
    }

    private static boolean isLeft(DataDirectory data, Part part) {
        return data.pidFile(part).process().isPresent();
    }

    private static Map<String, String> settings(DataDirectory data, int port) {
        Map<String, String> settings = new HashMap<>();
        settings.put("slipway.roles", "api,worker");
        settings.put("server.address", "127.0.0.1");
        settings.put("server.port", Integer.toString(port));
        settings.put("slipway.token-file", data.token().toString());
        settings.put("slipway.agent-token-file", data.agentToken().toString());
        settings.put("slipway.payload-key-file", data.payloadKey().toString());
        settings.put("slipway.secret-key-file", data.secretKey().toString());
        settings.put("slipway.gitops.clones", data.clones().toString());
        // Whoever runs this has a shell on the same machine.
        settings.put("slipway.network.allow-loopback", "true");
        settings.put("logging.file.name", data.log("server").toString());
        settings.put("logging.logback.rollingpolicy.max-file-size", "16MB");
        settings.put("logging.logback.rollingpolicy.total-size-cap", "16MB");
        settings.put("logging.threshold.console", "off");
        // As in the agent's own program: who asked for a step is told why it failed, and Docker may be away.
        settings.put("logging.level.io.temporal.internal.activity", "off");
        settings.put("logging.level.com.github.dockerjava", "off");
        // The last of it is written while this process ends.
        settings.put("logging.register-shutdown-hook", "false");
        return settings;
    }

    private static Map<String, String> databaseSettings(DataDirectory data, String url) throws IOException {
        return Map.of(
                "spring.datasource.url",
                url,
                "spring.datasource.username",
                Postgres.USER,
                "spring.datasource.password",
                Files.readString(data.databasePassword()).strip());
    }
}
