package dev.slipway.acceptance.sample;

import dev.slipway.acceptance.stack.Api;
import dev.slipway.acceptance.stack.Deployments.Request;
import dev.slipway.acceptance.stack.Ports;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An environment whose targets run the sample service, and the release of the same name that is deployed to it. */
public final class SampleEnvironment {
    public static final String NOTHING = "nothing";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** One target: a port of its own, a folder of its own. */
    public record Place(String target, String node, int port, Path directory, Map<String, String> variables) {}

    private final Stack stack;
    private final String name;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, Archive> archives = new LinkedHashMap<>();
    private String concurrency = "queue";
    private String timeout = "60s";

    private SampleEnvironment(Stack stack, String name) {
        this.stack = stack;
        this.name = name;
    }

    /** One with {@code targets} targets web-1, web-2 and so on, on the stack's own node. Nothing is applied yet. */
    public static SampleEnvironment of(Stack stack, String name, int targets) {
        return of(stack, name, targets, "local");
    }

    /** The same on another node. */
    public static SampleEnvironment of(Stack stack, String name, int targets, String node) {
        SampleEnvironment environment = new SampleEnvironment(stack, name);
        IntStream.rangeClosed(1, targets).forEach(number -> environment.with("web-" + number, node));
        return environment;
    }

    public SampleEnvironment with(String target, String node) {
        return with(target, node, Map.of());
    }

    public SampleEnvironment with(String target, String node, Map<String, String> variables) {
        Path directory = stack.folder("targets").resolve(name).resolve(target);
        places.put(target, new Place(target, node, Ports.free(), directory, variables));
        return this;
    }

    public SampleEnvironment concurrency(String mode) {
        concurrency = mode;
        return this;
    }

    public SampleEnvironment timeout(String duration) {
        timeout = duration;
        return this;
    }

    public String name() {
        return name;
    }

    public List<Place> places() {
        return List.copyOf(places.values());
    }

    public Place place(String target) {
        Place place = places.get(target);
        if (place == null) {
            throw new IllegalArgumentException("No target " + target);
        }
        return place;
    }

    public String manifest() {
        return "kind: Environment\nname: " + name + "\nconcurrency: " + concurrency + "\ntargets:\n"
                + places.values().stream().map(this::manifest).collect(Collectors.joining());
    }

    private String manifest(Place place) {
        return """
                  - name: %s
                    node: %s
                    runtime: process
                    component: web
                    directory: %s
                    command: [./start, "%d"]
                    timeout: %s
                    environment: {GREETING: hello%s}
                    health: {type: http, url: "http://127.0.0.1:%d/", expectedBody: "${version}", timeout: 2s, retries: 12, interval: 250ms}
                """.formatted(
                        place.target(),
                        place.node(),
                        place.directory(),
                        place.port(),
                        timeout,
                        place.variables().entrySet().stream()
                                .map(variable -> ", " + variable.getKey() + ": \"" + variable.getValue() + "\"")
                                .collect(Collectors.joining()),
                        place.port());
    }

    public SampleEnvironment apply() {
        stack.api().apply(manifest()).expect(200);
        return this;
    }

    /** Makes version {@code version} of the release. */
    public SampleEnvironment release(String version, Archive archive) {
        upload(stack.api(), archive);
        String body = """
                {"name": "%s", "version": "%s", "components": [{"name": "web", "archive": "%s"}]}
                """.formatted(name, version, archive.digest());
        stack.api().post("/api/releases", body).expect(201);
        archives.put(archive.digest().hex(), archive);
        return this;
    }

    public static void upload(Api api, Archive archive) {
        String path = "/api/artifacts/" + archive.digest();
        String length = Integer.toString(archive.bytes().length);
        if (api.send("HEAD", path, BodyPublishers.noBody(), Map.of()).status() == 200) {
            return;
        }
        api.send(
                        "PATCH",
                        path,
                        BodyPublishers.ofByteArray(archive.bytes()),
                        Map.of(
                                "Content-Type", "application/octet-stream",
                                "Upload-Offset", "0",
                                "Upload-Length", length))
                .expect(204);
    }

    /** The archive with this digest, of those that were released here. */
    public Archive archive(String hex) {
        Archive archive = archives.get(hex);
        if (archive == null) {
            throw new AssertionError("No release of " + name + " has the digest " + hex);
        }
        return archive;
    }

    public Request deploy(String version) {
        return Request.of(name + "@" + version, name);
    }

    /** What the service of {@code target} answers over HTTP: its version, or {@link #NOTHING}. */
    public String answer(String target) {
        return answerAt(place(target).port());
    }

    /** What is answered over HTTP at a port of this machine, or {@link #NOTHING}. */
    public static String answerAt(int port) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .timeout(PATIENCE)
                    .build();
            return HTTP.send(request, BodyHandlers.ofString()).body().strip();
        } catch (IOException e) {
            return NOTHING;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while port " + port + " was asked", e);
        }
    }

    /** What each service answers, in the order of the targets. */
    public List<String> answers() {
        return places.keySet().stream().map(this::answer).toList();
    }

    /** Whether anything is left of what was ever deployed to {@code target}. */
    public boolean isEmpty(String target) {
        return !Files.exists(place(target).directory());
    }
}
