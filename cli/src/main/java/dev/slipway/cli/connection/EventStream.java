package dev.slipway.cli.connection;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.document.Json;
import dev.slipway.core.retry.Backoff;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The server-sent events of one path, over as many connections as it takes: after a loss it goes on behind the last
 * event that arrived.
 */
public final class EventStream implements AutoCloseable {
    // The server sends a heartbeat every 15 s: three missed ones are a dead connection.
    private static final int SILENCE_MILLIS = 45_000;
    private static final Backoff BACKOFF = Backoff.ofMillis(200, 3_000);

    /** What came of the stream. */
    public sealed interface Signal {
        record Arrived(String event, JsonNode data) implements Signal {}

        record Connected() implements Signal {}

        record Lost(CommandException why) implements Signal {}

        /** The server will not give it: there is no sense in asking again. */
        record Refused(CommandException why) implements Signal {}
    }

    private final Connection connection;
    private final String path;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final Thread reader;
    private volatile boolean closed;
    private @Nullable String lastId;
    private int failures;

    public EventStream(Connection connection, String path) {
        this.connection = connection;
        this.path = path;
        reader = Thread.ofPlatform().daemon().name("events").start(this::readUntilClosed);
    }

    /** The next signal; null if none came in time. */
    public @Nullable Signal next(Duration patience) throws InterruptedException {
        return signals.poll(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed = true;
        reader.interrupt();
    }

    private void readUntilClosed() {
        while (!closed) {
            try {
                read();
                signals.add(new Signal.Lost(CommandException.failed("the server closed the stream", null)));
            } catch (IOException e) {
                signals.add(new Signal.Lost(Unreachable.because(connection, e)));
            } catch (JacksonException e) {
                signals.add(new Signal.Refused(
                        CommandException.failed("an event of " + connection.url() + " is not valid JSON", null)));
                return;
            } catch (CommandException e) {
                signals.add(new Signal.Refused(e));
                return;
            }
            if (!pause()) {
                return;
            }
        }
    }

    private void read() throws IOException {
        HttpURLConnection http = ApiClient.open(connection, path, SILENCE_MILLIS);
        http.setRequestProperty("Accept", "text/event-stream");
        if (lastId != null) {
            http.setRequestProperty("Last-Event-ID", lastId);
        }
        int status = http.getResponseCode();
        if (status >= 500 || status == 429) {
            throw new IOException("status " + status);
        }
        if (status != 200) {
            throw Problem.of(status, ApiClient.body(http, status));
        }
        signals.add(new Signal.Connected());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(http.getInputStream(), StandardCharsets.UTF_8))) {
            readEvents(lines);
        }
    }

    private void readEvents(BufferedReader lines) throws IOException {
        String id = null;
        String event = "message";
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
            if (line.isEmpty()) {
                deliver(id, event, data.toString());
                id = null;
                event = "message";
                data.setLength(0);
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (field) {
                case "id" -> id = value;
                case "event" -> event = value;
                case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                // Comments are heartbeats; the rest is not of this protocol.
                default -> {}
            }
        }
    }

    private void deliver(@Nullable String id, String event, String data) {
        if (data.isEmpty()) {
            return;
        }
        signals.add(new Signal.Arrived(event, Json.parse(data)));
        lastId = id == null ? lastId : id;
        failures = 0;
    }

    private boolean pause() {
        try {
            long pause = BACKOFF.after(++failures).toMillis();
            Thread.sleep(pause + ThreadLocalRandom.current().nextLong(pause));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
