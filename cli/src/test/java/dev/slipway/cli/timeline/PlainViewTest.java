package dev.slipway.cli.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.document.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainViewTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<String> lines = new ArrayList<>();
    private final PlainView view = new PlainView(lines::add, lines::add);
    private final Story story = new Story(Deployment.of(
            Json.parse("{\"id\":\"01abcdef\",\"status\":\"running\",\"release\":\"web@v2\",\"environment\":\"staging\","
                    + "\"tasks\":[{\"target\":\"web-1\",\"status\":\"pending\"}]}")));

    @Test
    void givesASignOfLifeBeforeHalfAMinuteOfSilence() {
        view.begin(story, START);
        for (int second = 1; second <= 60; second++) {
            view.tick(story, START.plusSeconds(second));
        }

        assertThat(lines)
                .containsExactly(
                        "deployment 01abcdef: web@v2 to staging",
                        "2026-01-01T00:00:26Z deployment still running: 1 pending",
                        "2026-01-01T00:00:52Z deployment still running: 1 pending");
    }

    @Test
    void writesALinePerEvent() {
        view.event(story, new Event(1, START, "task", "verifying", false, "web-1", 2, null, "Installed."), START);
        view.event(story, new Event(2, START, "deployment", "failed", true, null, 0, "Broken.", "x"), START);

        assertThat(lines)
                .containsExactly(
                        "2026-01-01T00:00:00Z web-1 verifying (attempt 2): Installed.",
                        "2026-01-01T00:00:00Z deployment failed, held: Broken.");
    }
}
