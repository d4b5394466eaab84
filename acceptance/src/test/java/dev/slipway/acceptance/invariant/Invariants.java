package dev.slipway.acceptance.invariant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.sample.Archive;
import dev.slipway.acceptance.sample.SampleEnvironment;
import dev.slipway.acceptance.sample.SampleEnvironment.Place;
import dev.slipway.acceptance.stack.Deployments;
import dev.slipway.acceptance.stack.EventStream;
import dev.slipway.acceptance.stack.EventStream.Event;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The invariants of one environment, to be checked after every fault that was injected while it was deployed to. */
public final class Invariants {
    private static final Set<String> TERMINAL = Set.of("completed", "failed", "rolled_back", "canceled");
    private static final List<String> TIMES = List.of("at", "startedAt", "endedAt");
    private static final Pattern RELEASE = Pattern.compile("releases/[0-9a-f]{64}");
    private static final Pattern ERROR = Pattern.compile("(^|\\s)ERROR\\s|Exception in thread|^panic: |^fatal error: ");

    private final Stack stack;
    private final SampleEnvironment environment;

    public Invariants(Stack stack, SampleEnvironment environment) {
        this.stack = stack;
        this.environment = environment;
    }

    /** I1 to I6 for a deployment that {@code events} has followed to its end. */
    public void requireOf(String deployment, EventStream events) {
        requireEndedOnce(deployment, events);
        requireEventsWithoutGap(events);
        requireTargetsWhole();
        stack.awaitReady();
        requireToldByHistory(deployment, events);
    }

    /** I1: it has ended, once, in one status. */
    public void requireEndedOnce(String deployment, EventStream events) {
        JsonNode ended = stack.deployments().get(deployment);
        assertThat(ended.path("endedAt").isString())
                .as("I1: %s has ended", ended)
                .isTrue();
        assertThat(ended.path("status").asString()).as("I1: %s", ended).isIn(TERMINAL);
        List<Event> ends = events.events().stream()
                .filter(event -> event.name().equals("end"))
                .toList();
        assertThat(ends).as("I1: one end among %s", events.events()).hasSize(1);
        assertThat(ends.getFirst().status()).isEqualTo(ended.path("status").asString());
    }

    /** I5: across all connections the events came as 1, 2, 3 and so on. */
    public static void requireEventsWithoutGap(EventStream events) {
        List<Integer> ids = events.events().stream().map(Event::id).toList();
        assertThat(ids)
                .as("I5: ids of the events over %d connections", events.connections())
                .isEqualTo(IntStream.rangeClosed(1, ids.size()).boxed().toList());
        events.events()
                .forEach(event ->
                        assertThat(event.data().path("sequence").asInt()).isEqualTo(event.id()));
    }

    /** I6: what is stored is what the workflow's history tells. */
    private void requireToldByHistory(String deployment, EventStream events) {
        JsonNode stored = stack.deployments().get(deployment);
        JsonNode rebuilt = stack.api()
                .post("/api/deployments/" + deployment + "/rebuild", "{}")
                .expect(200)
                .json();
        assertThat(withoutTimes(rebuilt)).as("I6: the deployment, rebuilt").isEqualTo(withoutTimes(stored));
        try (EventStream again = stack.deployments().events(deployment)) {
            again.awaitEnd(Stack.SOON);
            assertThat(told(again)).as("I6: the events, rebuilt").isEqualTo(told(events));
        }
    }

    private static List<JsonNode> told(EventStream events) {
        return events.events().stream().map(event -> withoutTimes(event.data())).toList();
    }

    /** A step that was decided twice, because a worker died over it, was decided later than was told. */
    private static JsonNode withoutTimes(JsonNode told) {
        JsonNode rest = told.deepCopy();
        Stream.concat(Stream.of(rest), rest.path("tasks").valueStream())
                .forEach(part -> ((ObjectNode) part).remove(TIMES));
        return rest;
    }

    /** I2, I3 and I4 on every target of the stack's own node. */
    public void requireTargetsWhole() {
        environment.places().forEach(this::requireWhole);
    }

    private void requireWhole(Place place) {
        Path state = stack.data().resolve("agents").resolve(place.node());
        Ledger.of(state, environment.name(), place.target()).requireOneEffectPerStep();
        Path current = place.directory().resolve("current");
        if (Files.exists(current, LinkOption.NOFOLLOW_LINKS)) {
            requireWhole(current);
        }
    }

    /** I4: the link leads to a release that has all files of its archive, and no other. */
    private void requireWhole(Path current) {
        try {
            String link = Files.readSymbolicLink(current).toString();
            assertThat(link).as("I4: where %s leads", current).matches(RELEASE);
            Path release = current.resolveSibling(link);
            Archive archive = environment.archive(release.getFileName().toString());
            assertThat(files(release))
                    .as("I4: files of %s", release)
                    .isEqualTo(archive.files().keySet());
            for (Map.Entry<String, byte[]> file : archive.files().entrySet()) {
                assertThat(release.resolve(file.getKey())).as("I4").hasBinaryContent(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .collect(Collectors.toSet());
        }
    }

    /** I7: once all is up again, {@code request} is accepted and begun, without an unlock by hand. Its id. */
    public String requireNextAccepted(Deployments.Request request) {
        String key = UUID.randomUUID().toString();
        String id = stack.api().deploy(request.json(), key).expect(202).text("id");
        await("I7: the next deployment, " + id + ", is begun")
                .atMost(Stack.SOON)
                .until(() -> stack.deployments().get(id).path("startedAt").isString());
        return id;
    }

    /** I9: no log tells of an error, but those that a test expects. */
    public static void requireNoErrors(Stack stack, Pattern... expected) {
        for (String process : List.of("supervisor", "server", "agent")) {
            requireNoErrorsOf(process, stack, expected);
        }
        assertThat(stack.log("temporal")).as("I9").doesNotContain("panic:");
        assertThat(stack.log("postgres")).as("I9").doesNotContain("PANIC:");
    }

    /** I9 for one process alone. */
    public static void requireNoErrorsOf(String process, Stack stack, Pattern... expected) {
        List<String> errors = stack.log(process)
                .lines()
                .filter(line -> ERROR.matcher(line).find())
                .filter(line -> Stream.of(expected)
                        .noneMatch(known -> known.matcher(line).find()))
                .toList();
        assertThat(errors).as("I9: errors in the log of the %s", process).isEmpty();
    }
}
