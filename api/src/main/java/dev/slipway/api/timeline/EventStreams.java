package dev.slipway.api.timeline;

import dev.slipway.api.ApiProperties;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.store.timeline.Bell;
import dev.slipway.store.timeline.EventNotifications;
import dev.slipway.store.timeline.StoredEvent;
import dev.slipway.store.timeline.TimelineStore;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes events as they come, from the table alone: every replica tells the same story, and none remembers a reader. */
@Component
class EventStreams {
    private static final int AT_ONCE = 500;
    private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    private final TimelineStore timeline;
    private final EventNotifications notifications;
    private final JsonMapper json;
    private final Duration heartbeat;

    EventStreams(TimelineStore timeline, EventNotifications notifications, JsonMapper json, ApiProperties properties) {
        this.timeline = timeline;
        this.notifications = notifications;
        this.json = json;
        this.heartbeat = properties.events().heartbeat();
    }

    /** Writes all events behind {@code after}; returns when the last one is written, or throws when the reader is gone. */
    void follow(DeploymentId deployment, int after, HttpServletResponse response)
            throws IOException, InterruptedException {
        Bell bell = notifications.subscribe(deployment);
        try {
            int last = after;
            List<StoredEvent> events = timeline.read(deployment, last, AT_ONCE);
            OutputStream out = open(response);
            while (true) {
                for (StoredEvent event : events) {
                    out.write(frame(event));
                    last = event.sequence();
                    if (event.last()) {
                        out.flush();
                        return;
                    }
                }
                out.flush();
                if (events.size() < AT_ONCE && !bell.await(heartbeat)) {
                    Optional<StoredEvent> end = timeline.end(deployment);
                    // Where a part of the story was told again, and shorter, its end may lie behind the reader.
                    if (end.isPresent() && end.get().sequence() <= last) {
                        out.write(frame(end.get()));
                        return;
                    }
                    out.write(HEARTBEAT);
                    out.flush();
                }
                if (!notifications.isRunning()) {
                    return;
                }
                events = timeline.read(deployment, last, AT_ONCE);
            }
        } catch (DataAccessException e) {
            // The reader comes back with the last id that it has seen, to this replica or another.
            if (!response.isCommitted()) {
                throw e;
            }
        } finally {
            notifications.unsubscribe(deployment, bell);
        }
    }

    private static OutputStream open(HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("X-Accel-Buffering", "no");
        return response.getOutputStream();
    }

    private byte[] frame(StoredEvent event) {
        String frame = "id: " + event.sequence() + "\nevent: " + event.type() + "\ndata: "
                + json.writeValueAsString(EventView.of(event)) + "\n\n";
        return frame.getBytes(StandardCharsets.UTF_8);
    }
}
