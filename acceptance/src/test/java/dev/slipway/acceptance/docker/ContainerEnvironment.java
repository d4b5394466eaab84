package dev.slipway.acceptance.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.sample.SampleEnvironment;
import dev.slipway.acceptance.stack.Deployments.Request;
import dev.slipway.acceptance.stack.Ports;
import dev.slipway.acceptance.stack.Stack;
import dev.slipway.core.artifact.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** An environment whose targets are containers, and the release of the same name that is deployed to it. */
public final class ContainerEnvironment {
    /** No container of an earlier run, nor of somebody else, has a name with this in it. */
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);

    /** One target: a container, and the port of this machine that leads to it. */
    public record Place(String target, String container, int port) {
        /** What Docker knows of the container, by a template of docker inspect. */
        public String inspect(String template) {
            return Docker.run("inspect", "--type", "container", "--format", template, container);
        }

        public String id() {
            return inspect("{{.Id}}");
        }

        public String answer() {
            return SampleEnvironment.answerAt(port);
        }
    }

    private final Stack stack;
    private final Registry registry;
    private final String name;
    private final String node;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, Digest> digests = new LinkedHashMap<>();
    private boolean tcp;

    /** One with {@code targets} targets api-1, api-2 and so on, on {@code node}. Nothing is applied yet. */
    ContainerEnvironment(Stack stack, Registry registry, String name, String node, int targets) {
        this.stack = stack;
        this.registry = registry;
        this.name = name;
        this.node = node;
        IntStream.rangeClosed(1, targets).mapToObj(number -> "api-" + number).forEach(target -> {
            String container = "slipway-" + RUN + "-" + name + "-" + target;
            places.put(target, new Place(target, container, Ports.free()));
        });
    }

    /** Healthy is what listens, whatever it answers. */
    public ContainerEnvironment healthyOverTcp() {
        tcp = true;
        return this;
    }

    /** Lets {@code target} publish another port than before. */
    public ContainerEnvironment publish(String target, int port) {
        places.put(target, new Place(target, place(target).container(), port));
        return this;
    }

    public Place place(String target) {
        Place place = places.get(target);
        if (place == null) {
            throw new IllegalArgumentException("No target " + target);
        }
        return place;
    }

    public String manifest() {
        return "kind: Environment\nname: " + name + "\ntargets:\n"
                + places.values().stream().map(this::manifest).collect(Collectors.joining());
    }

    private String manifest(Place place) {
        String probe = tcp
                ? "type: tcp, port: " + place.port()
                : "type: http, url: \"http://127.0.0.1:" + place.port() + "/\", expectedBody: \"${version}\"";
        return """
                  - name: %s
                    node: %s
                    runtime: docker
                    component: api
                    container: %s
                    ports: ["127.0.0.1:%d:8080"]
                    limits: {cpu: 0.5, memory: 64Mi}
                    health: {%s, timeout: 2s, retries: 12, interval: 250ms}
                """.formatted(place.target(), node, place.container(), place.port(), probe);
    }

    public ContainerEnvironment apply() {
        stack.api().apply(manifest()).expect(200);
        return this;
    }

    /** Pushes {@code image} with the version for a tag, and makes a release of that tag. */
    public ContainerEnvironment release(String version, ServiceImage image) {
        digests.put(version, registry.push(name, version, image));
        String body = """
                {"name": "%s", "version": "%s", "components": [{"name": "api", "image": "%s"}]}
                """.formatted(name, version, image(version));
        stack.api().post("/api/releases", body).expect(201);
        return this;
    }

    /** The reference that a version was released with. */
    public String image(String version) {
        return repository() + ":" + version;
    }

    public String repository() {
        return registry.host() + "/" + name;
    }

    /** The digest that the registry gave to the image of {@code version} when it was pushed. */
    public String digest(String version) {
        Digest digest = digests.get(version);
        if (digest == null) {
            throw new IllegalArgumentException("No release " + version);
        }
        return digest.value();
    }

    public Request deploy(String version) {
        return Request.of(name + "@" + version, name);
    }

    /** Runs a deployment that is to complete. */
    public JsonNode complete(Request request) {
        JsonNode ended = stack.deployments().run(request);
        assertThat(ended.path("status").asString()).as("%s", ended).isEqualTo("completed");
        return ended;
    }

    /** What each service answers, in the order of the targets. */
    public List<String> answers() {
        return places.values().stream().map(Place::answer).toList();
    }

    /** The containers, running or not, that say that they belong here: all of them, whatever their names are. */
    public List<String> containers() {
        return Docker.lines("ps", "-aq", "--no-trunc", "--filter", "label=slipway.environment=" + name);
    }

    /** The digests that those containers say they run. */
    public List<String> deployedDigests() {
        return containers().stream()
                .map(id -> Docker.run("inspect", "--format", "{{index .Config.Labels \"slipway.digest\"}}", id))
                .toList();
    }

    /** Removes all containers, and also those that only have the name of one. */
    void remove() {
        List<String> doomed = new ArrayList<>(containers());
        doomed.addAll(Docker.lines("ps", "-aq", "--no-trunc", "--filter", "name=slipway-" + RUN + "-" + name + "-"));
        doomed.stream().distinct().forEach(id -> Docker.attempt("rm", "-f", "-v", id));
    }
}
