package dev.slipway.api.timeline;

import dev.slipway.api.ApiProperties;
import dev.slipway.api.timeline.EventReads.Frame;
import dev.slipway.core.deployment.DeploymentId;
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

/** Writes events as they come, from the table alone: every replica tells the same story, and none remembers a reader. */
@Component
class EventStreams {
    private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    private final TimelineStore timeline;
    private final EventReads reads;
    private final EventNotifications notifications;
    private final Duration heartbeat;

    EventStreams(TimelineStore timeline, EventReads reads, EventNotifications notifications, ApiProperties properties) {
        this.timeline = timeline;
        this.reads = reads;
        this.notifications = notifications;
        this.heartbeat = properties.events().heartbeat();
    }

    /** Writes all events behind {@code after}; returns when the last one is written, or throws when the reader is gone. */
    void follow(DeploymentId deployment, int after, HttpServletResponse response)
            throws IOException, InterruptedException {
        Bell bell = notifications.subscribe(deployment);
        try {
            int last = after;
            List<Frame> frames = reads.read(deployment, last);
            OutputStream out = open(response);
            while (true) {
                for (Frame frame : frames) {
                    out.write(frame.bytes());
                    last = frame.sequence();
                    if (frame.last()) {
                        out.flush();
                        return;
                    }
                }
                out.flush();
                if (frames.size() < EventReads.AT_ONCE && !bell.await(heartbeat)) {
                    Optional<StoredEvent> end = timeline.end(deployment);
                    // Where a part of the story was told again, and shorter, its end may lie behind the reader.
                    if (end.isPresent() && end.get().sequence() <= last) {
                        out.write(reads.frame(end.get()).bytes());
                        return;
                    }
                    out.write(HEARTBEAT);
                    out.flush();
                }
                if (!notifications.isRunning()) {
                    return;
                }
                frames = reads.read(deployment, last);
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
}
