package dev.slipway.api.timeline;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.store.timeline.StoredEvent;
import dev.slipway.store.timeline.TimelineStore;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads events once for all who ask for the same ones at the same moment: hundreds may follow one deployment, and are
 * woken together.
 */
@Component
class EventReads {
    static final int AT_ONCE = 500;

    private final TimelineStore timeline;
    private final JsonMapper json;
    private final Map<Question, Reading> readings = new HashMap<>();

    EventReads(TimelineStore timeline, JsonMapper json) {
        this.timeline = timeline;
        this.json = json;
    }

    /** The next events behind {@code after}, up to {@value #AT_ONCE}. Everything that is written before the call is seen. */
    List<Frame> read(DeploymentId deployment, int after) {
        Question question = new Question(deployment, after);
        Reading ahead;
        Reading own = new Reading();
        Reading shared;
        synchronized (readings) {
            ahead = readings.putIfAbsent(question, own);
            shared = ahead == null ? own : ahead.followedBy(own);
        }
        if (shared == own) {
            lead(question, ahead, own);
        }
        return shared.await();
    }

    // The reading ahead may have begun before the event was written that its followers were woken for.
    private void lead(Question question, @Nullable Reading ahead, Reading own) {
        if (ahead != null) {
            ahead.awaitEnd();
            synchronized (readings) {
                readings.put(question, own);
            }
        }
        try {
            own.frames.complete(timeline.read(question.deployment(), question.after(), AT_ONCE).stream()
                    .map(this::frame)
                    .toList());
        } catch (RuntimeException e) {
            own.frames.completeExceptionally(e);
        } finally {
            synchronized (readings) {
                if (own.next == null) {
                    readings.remove(question);
                }
            }
        }
    }

    /** An event as it goes over the wire. */
    Frame frame(StoredEvent event) {
        String frame = "id: " + event.sequence() + "\nevent: " + event.type() + "\ndata: "
                + json.writeValueAsString(EventView.of(event)) + "\n\n";
        return new Frame(event.sequence(), event.last(), frame.getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Frame(int sequence, boolean last, byte[] bytes) {}

    private record Question(DeploymentId deployment, int after) {}

    private static final class Reading {
        private final CompletableFuture<List<Frame>> frames = new CompletableFuture<>();
        private @Nullable Reading next;

        /** The reading after this one: {@code other}, unless there is one already. */
        private Reading followedBy(Reading other) {
            Reading present = next;
            if (present == null) {
                next = other;
                return other;
            }
            return present;
        }

        private List<Frame> await() {
            try {
                return frames.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }

        private void awaitEnd() {
            frames.handle((_, _) -> true).join();
        }
    }
}
