package dev.slipway.acceptance.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Follows one deployment by its event stream, and takes it up again wherever it breaks, until the end. */
public final class EventStream implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final String path;
    private final List<Event> events = new ArrayList<>();
    private final Thread reader;
    private volatile Api api;
    private @Nullable InputStream body;
    private int connections;
    private boolean closed;

    /** One event as it came. */
    public record Event(int id, String name, JsonNode data) {
        public String status() {
            return data.path("status").asString("");
        }

        public String target() {
            return data.path("target").asString("");
        }

        public boolean is(String target, String status) {
            return target().equals(target) && status().equals(status);
        }

        /** What of it is the same in every run. */
        public String key() {
            return Stream.of(name, target(), status(), data.path("attempt").asString(""))
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining(" "));
        }
    }

    EventStream(Api api, String deployment) {
        this.api = api;
        this.path = "/api/deployments/" + deployment + "/events";
        this.reader = Thread.ofVirtual().name("events").start(this::read);
    }

    /** Breaks the connection; the stream goes on over another one. */
    public void disconnect() {
        InputStream open;
        synchronized (this) {
            open = body;
        }
        closeQuietly(open);
    }

    /** Connects to another replica from the next time on, when this connection breaks. */
    public void goOnAt(Replica replica) {
        api = replica.api();
    }

    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** How often it was connected. */
    public synchronized int connections() {
        return connections;
    }

    public synchronized boolean hasEnded() {
        return events.stream().anyMatch(event -> event.name().equals("end"));
    }

    /** The first event of this kind, as soon as it is there. */
    public synchronized Event await(Predicate<Event> wanted, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<Event> found = events.stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("The event has not come within " + patience.toSeconds() + " s; these have: "
                        + events.stream().map(Event::key).toList());
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted while waiting for an event", e);
            }
        }
    }

    public Event awaitTask(String target, String status, Duration patience) {
        return await(event -> event.is(target, status), patience);
    }

    public Event awaitEnd(Duration patience) {
        return await(event -> event.name().equals("end"), patience);
    }

    private void read() {
        try {
            while (!isClosed() && !hasEnded()) {
                readOnce();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOnce() throws InterruptedException {
        try {
            Api asked = api;
            HttpResponse<InputStream> response = asked.http()
                    .send(
                            asked.request(path)
                                    .header("Accept", "text/event-stream")
                                    .header("Last-Event-ID", Integer.toString(lastId()))
                                    .build(),
                            BodyHandlers.ofInputStream());
            if (response.statusCode() == 200) {
                connected(response.body());
                try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                    readEvents(lines);
                }
            }
        } catch (IOException | IllegalStateException e) {
            // The server is away, or this connection was broken on purpose: the next one goes on.
            return;
        }
    }

    private void readEvents(BufferedReader lines) throws IOException {
        int id = 0;
        String name = "";
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    add(new Event(id, name, JsonMapper.shared().readTree(data.toString())));
                }
                data.setLength(0);
            } else if (line.startsWith("id:")) {
                id = Integer.parseInt(line.substring(3).strip());
            } else if (line.startsWith("event:")) {
                name = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring(5).strip());
            }
        }
    }

    private synchronized void add(Event event) {
        events.add(event);
        notifyAll();
    }

    private synchronized void connected(InputStream stream) {
        body = stream;
        connections++;
    }

    private synchronized int lastId() {
        return events.isEmpty() ? 0 : events.getLast().id();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        InputStream open;
        synchronized (this) {
            closed = true;
            open = body;
        }
        reader.interrupt();
        closeQuietly(open);
    }

    private static void closeQuietly(@Nullable InputStream stream) {
        if (stream == null) {
            return;
        }
        try {
            stream.close();
        } catch (IOException e) {
            // It was broken already.
            return;
        }
    }
}
