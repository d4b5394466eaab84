package dev.slipway.workflows;

import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Temporal server, in memory, with settings of its own. */
public final class TemporalServer implements AutoCloseable {
    /** Why a test cannot run here. */
    public static final String NEEDS = "needs the program temporal, which ./slipway test installs";

    private final Process process;
    private final WorkflowServiceStubs service;
    private final WorkerFactory workers;

    private TemporalServer(Process process, WorkflowServiceStubs service, WorkerFactory workers) {
        this.process = process;
        this.service = service;
        this.workers = workers;
    }

    public static boolean isInstalled() {
        return program().isPresent();
    }

    /** {@code settings}: values of its dynamic configuration, such as {@code limit.historyCount.suggestContinueAsNew=60}. */
    public static TemporalServer start(Path log, String... settings) throws IOException {
        String port = Integer.toString(freePort());
        List<String> command = new ArrayList<>(List.of(program().orElseThrow().toString(), "server", "start-dev"));
        command.addAll(List.of("--headless", "--ip", "127.0.0.1", "--port", port, "--log-level", "warn"));
        for (String setting : settings) {
            command.addAll(List.of("--dynamic-config-value", setting));
        }
        SearchAttributes.ALL.forEach(key -> command.addAll(List.of("--search-attribute", key.getName() + "=Keyword")));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + port)
                .build());
        WorkflowClient client = WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.plain())
                        .build());
        TemporalServer server = new TemporalServer(process, service, WorkerFactory.newInstance(client));
        try {
            server.awaitReady(client);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw new IllegalStateException("Temporal does not start; it says:\n" + Files.readString(log), e);
        }
    }

    private void awaitReady(WorkflowClient client) {
        await().atMost(Duration.ofMinutes(1))
                .failFast("it has ended", () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> client.countWorkflows("SlipwayKind = 'none'").getCount() == 0);
    }

    public WorkerFactory workers() {
        return workers;
    }

    public WorkflowClient client() {
        return workers.getWorkflowClient();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** As distribution/test.sh puts it into the cache, or as the user has it. */
    private static Optional<Path> program() {
        Path cache = Optional.ofNullable(System.getenv("SLIPWAY_CACHE"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "slipway"));
        Stream<Path> onPath = Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder).resolve("temporal"));
        return Stream.concat(onPath, Stream.of(cache.resolve("temporal-1.9.1/bin/temporal")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        workers.shutdownNow();
        workers.awaitTermination(10, TimeUnit.SECONDS);
        service.shutdownNow();
        process.destroyForcibly();
    }
}
