package dev.slipway.acceptance.stack;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One more server on a stack's database, Temporal and keys, in roles of its own. Nobody starts it again. */
public final class Replica implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration END = Duration.ofSeconds(20);

    private final String log;
    private final URI url;
    private final Process process;
    private final Api api;
    private final Thread emergency;

    private Replica(String log, URI url, Process process, Api api) {
        this.log = log;
        this.url = url;
        this.process = process;
        this.api = api;
        this.emergency = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(emergency);
    }

    static Replica start(Stack stack, String roles, Map<String, String> settings) {
        int port = Ports.free();
        String log = "replica-" + roles + "-" + port;
        URI url = URI.create("http://127.0.0.1:" + port);
        Process process = launch(stack, roles, port, log, settings);
        Replica replica = new Replica(log, url, process, new Api(() -> url, () -> stack.secret("token")));
        try {
            replica.awaitReady();
        } catch (RuntimeException | Error e) {
            replica.close();
            throw new AssertionError("The replica is not ready; it says:\n" + stack.log(log), e);
        }
        return replica;
    }

    /** Starts one with these settings that has to refuse them, and returns what it says in its log. */
    static String refusal(Stack stack, Map<String, String> settings) {
        String log = "refused-" + Ports.free();
        Process process = launch(stack, "api,worker", Ports.free(), log, settings);
        try {
            await("the end of " + log).atMost(PATIENCE).until(() -> !process.isAlive());
        } finally {
            process.destroyForcibly();
        }
        return stack.log(log) + "\nexit code " + process.exitValue();
    }

    private static Process launch(Stack stack, String roles, int port, String log, Map<String, String> settings) {
        ProcessBuilder builder = new ProcessBuilder(Distribution.server().toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        stack.data().resolve("logs").resolve(log + ".log").toFile());
        Distribution.prepare(builder.environment());
        builder.environment().putAll(peers(stack));
        builder.environment()
                .putAll(Map.of(
                        "SLIPWAY_ROLES", roles,
                        "SERVER_PORT", Integer.toString(port),
                        "SLIPWAY_TOKEN_FILE", stack.data().resolve("token").toString(),
                        "SLIPWAY_AGENT_TOKEN_FILE",
                                stack.data().resolve("agent-token").toString(),
                        "SLIPWAY_PAYLOAD_KEY_FILE",
                                stack.data().resolve("payload-key").toString(),
                        "SLIPWAY_SECRET_KEY_FILE",
                                stack.data().resolve("secret-key").toString()));
        builder.environment().putAll(settings);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings of any server beside {@code stack}, but for the files with tokens and the key. */
    public static Map<String, String> peers(Stack stack) {
        Map<String, String> peers = new HashMap<>();
        peers.put(
                "SLIPWAY_TEMPORAL_ADDRESS",
                stack.stackFile().path("temporalAddress").asString());
        peers.put("SPRING_DATASOURCE_URL", stack.stackFile().path("databaseUrl").asString());
        peers.put("SPRING_DATASOURCE_USERNAME", "slipway");
        peers.put("SPRING_DATASOURCE_PASSWORD", stack.secret("database-password"));
        return peers;
    }

    private void awaitReady() {
        await("the replica at " + url)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .failFast("it has ended", () -> !process.isAlive())
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> api.as(null).get("/actuator/health/readiness").status() == 200);
    }

    public Api api() {
        return api;
    }

    public Deployments deployments() {
        return new Deployments(api);
    }

    public URI url() {
        return url;
    }

    /** The name that {@link Stack#log} knows its log by. */
    public String log() {
        return log;
    }

    /** How it calls itself when it asks Temporal for work. */
    public String identity() {
        return process.pid() + "@";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(
                        "The replica at " + url + " has not ended within " + END.toSeconds() + " s of SIGTERM");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(emergency);
        }
    }
}
