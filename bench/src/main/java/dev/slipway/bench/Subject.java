package dev.slipway.bench;

import dev.slipway.core.artifact.Digest;
import dev.slipway.workflows.PayloadKey;
import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stack that is measured, its Temporal server, and node "bench" whose targets take no time. */
final class Subject implements AutoCloseable {
    static final String NODE = "bench";
    static final String BARE_QUEUE = "bench";
    private static final int BLOCK = 512;

    final Api api;
    final WorkflowClient temporal;
    final JsonNode stack;
    private final WorkflowServiceStubs service;
    private final WorkerFactory workers;

    Subject(Path data) throws IOException {
        stack = new JsonMapper().readTree(Files.readString(data.resolve("stack.json")));
        api = new Api(
                stack.get("url").asString(),
                Files.readString(Path.of(stack.get("tokenFile").asString())).strip());
        service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(stack.get("temporalAddress").asString())
                .build());
        PayloadKey key = PayloadKey.ofBase64(
                Files.readString(Path.of(stack.get("payloadKeyFile").asString())));
        temporal = WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.encrypted(key))
                        .build());
        workers = WorkerFactory.newInstance(temporal);
        WorkerOptions options = WorkerOptions.newBuilder()
                .setUsingVirtualThreads(true)
                .setMaxConcurrentActivityExecutionSize(200)
                .build();
        workers.newWorker(TaskQueues.ofNode(NODE), options).registerActivitiesImplementations(new NullNode());
        Worker bare = workers.newWorker(BARE_QUEUE, options);
        bare.registerWorkflowImplementationTypes(BareWorkflowImpl.class);
        workers.start();
        release("v1");
        release("v2");
    }

    /** Declares environment {@code name} with so many targets on the node that takes no time. */
    void environment(String name, int targets) {
        StringBuilder yaml = new StringBuilder("kind: Environment\nname: " + name + "\ntargets:\n");
        for (int i = 1; i <= targets; i++) {
            yaml.append(
                    "  - {name: t-%d, node: %s, runtime: process, component: web, directory: /bench/%s/%d, command: [./start]}\n"
                            .formatted(i, NODE, name, i));
        }
        api.post("/api/apply", "application/yaml", yaml.toString());
    }

    /** Starts a deployment of all targets at once and answers its id. */
    String deploy(String version, String environment) {
        return deploy(version, environment, "all-at-once");
    }

    String deploy(String version, String environment, String strategy) {
        return api.post(
                        "/api/deployments",
                        "application/json",
                        "{\"release\": \"web@%s\", \"environment\": \"%s\", \"strategy\": \"%s\"}"
                                .formatted(version, environment, strategy))
                .get("id")
                .asString();
    }

    void awaitEnd(String deployment) {
        temporal.newUntypedWorkflowStub("deployment/" + deployment).getResult(Object.class);
    }

    private void release(String version) throws IOException {
        byte[] archive = archive(version);
        String digest = Digest.of(archive).value();
        api.upload(digest, archive);
        api.post(
                "/api/releases",
                "application/json",
                "{\"name\": \"web\", \"version\": \"%s\", \"components\": [{\"name\": \"web\", \"archive\": \"%s\"}]}"
                        .formatted(version, digest));
    }

    /** A tar archive of one small file. */
    private static byte[] archive(String content) throws IOException {
        byte[] body = content.getBytes(StandardCharsets.US_ASCII);
        byte[] header = new byte[BLOCK];
        put(header, 0, "start");
        put(header, 100, "0000755\0" + "0000000\0" + "0000000\0" + "%011o\0".formatted(body.length) + "00000000000\0");
        put(header, 148, "        ");
        put(header, 156, "0");
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(header);
            gzip.write(body);
            gzip.write(new byte[3 * BLOCK - body.length]);
        }
        return bytes.toByteArray();
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    @Override
    public void close() {
        workers.shutdownNow();
        service.shutdownNow();
    }
}
