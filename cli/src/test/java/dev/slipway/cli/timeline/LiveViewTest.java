package dev.slipway.cli.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.DisplayWidth;
import dev.slipway.cli.terminal.VirtualScreen;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveViewTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static Story story(int targets) {
        String tasks = IntStream.rangeClosed(1, targets)
                .mapToObj(i ->
                        "{\"target\":\"web-" + i + "\",\"node\":\"local\",\"status\":\"pending\",\"maxAttempts\":3,"
                                + "\"digest\":\"sha256:" + "ab".repeat(32) + "\"}")
                .collect(Collectors.joining(","));
        return new Story(Deployment.of(Json.parse("{\"id\":\"01abcdef\",\"status\":\"pending\",\"phase\":\"QUEUED\","
                + "\"release\":\"web@v2\",\"environment\":\"staging\",\"createdAt\":\"" + START + "\",\"tasks\":["
                + tasks
                + "]}")));
    }

    private static void tell(Story story, String target, String status, int attempt, String said) {
        story.add(new Event(0, START, "task", status, false, target, attempt, null, said));
    }

    @Test
    void drawsALinePerTargetInPlace() {
        VirtualScreen screen = new VirtualScreen(80, 24);
        LiveView view = new LiveView(screen.terminal());
        Story story = story(2);

        view.begin(story, START);
        assertThat(screen.lines())
                .containsExactly(
                        "○ web@v2 to staging   pending   0 of 2 done   0s   01abcdef",
                        "  waiting for the lock of environment staging",
                        "  ○ web-1  pending             queued",
                        "  ○ web-2  pending             queued",
                        "  Ctrl-C detaches; the deployment continues",
                        "");

        story.add(new Event(1, START, "deployment", "running", false, null, 0, null, "2 target(s)."));
        tell(story, "web-1", "running", 1, "");
        tell(story, "web-2", "verifying", 2, "");
        view.tick(story, START.plusSeconds(65));
        assertThat(screen.lines())
                .containsExactly(
                        "● web@v2 to staging   running   0 of 2 done   1m05s   01abcdef",
                        "  2 target(s).",
                        "  ● web-1  running      1m05s  installing abababababab",
                        "  ◐ web-2  verifying    1m05s  checking health (attempt 2 of 3)",
                        "  Ctrl-C detaches; the deployment continues",
                        "");

        tell(story, "web-1", "succeeded", 1, "Healthy.");
        tell(story, "web-2", "failed", 2, "It answered 500.");
        view.end(story, START.plusSeconds(70));
        assertThat(screen.lines())
                .containsExactly(
                        "● web@v2 to staging   running   1 of 2 done   1m10s   01abcdef",
                        "  2 target(s).",
                        "  ✔ web-1  succeeded       0s  Healthy.",
                        "  ✖ web-2  failed          0s  It answered 500. (attempt 2 of 3)",
                        "");
    }

    @Test
    void showsTheMostTellingTargetsAndCountsWhereThereAreMoreThanRows() {
        VirtualScreen screen = new VirtualScreen(80, 10);
        LiveView view = new LiveView(screen.terminal());
        Story story = story(1_000);
        for (int i = 1; i <= 500; i++) {
            tell(story, "web-" + i, "succeeded", 1, "");
        }
        tell(story, "web-77", "failed", 1, "Broken.");
        tell(story, "web-900", "running", 1, "");

        view.begin(story, START);

        assertThat(screen.lines()).hasSizeLessThanOrEqualTo(10);
        assertThat(screen.lines().get(2)).contains("web-77").contains("Broken.");
        assertThat(String.join("\n", screen.lines()))
                .contains("web-900")
                .contains("and 995 more; in all 1 failed, 499 pending, 1 running, 499 succeeded");
    }

    @Test
    void neverWritesALineThatIsWiderThanTheScreen() {
        VirtualScreen screen = new VirtualScreen(40, 24);
        LiveView view = new LiveView(screen.terminal());
        Story story = story(1);
        tell(story, "web-1", "failed", 1, "A long error that goes on and on, with 猫猫猫 in it.");

        view.begin(story, START);

        assertThat(screen.lines()).allMatch(line -> DisplayWidth.of(line) < 40);
        assertThat(screen.lines().get(2)).endsWith("…");
    }

    @Test
    void drawsOverTheOldFrameAfterTheScreenBecameNarrower() {
        VirtualScreen screen = new VirtualScreen(80, 24);
        LiveView view = new LiveView(screen.terminal());
        Story story = story(3);
        view.begin(story, START);

        screen.resize(30, 24);
        view.tick(story, START.plusSeconds(2));

        assertThat(screen.lines().stream().filter(line -> line.contains("web@v2")))
                .hasSize(1);
        assertThat(screen.lines().stream().filter(line -> line.contains("web-3")))
                .hasSize(1);
        assertThat(screen.lines()).hasSize(7);
    }

    @Test
    void putsANoteAboveTheFrame() {
        VirtualScreen screen = new VirtualScreen(80, 24);
        LiveView view = new LiveView(screen.terminal());
        Story story = story(1);
        view.begin(story, START);

        view.note("connection lost, reconnecting");
        view.tick(story, START.plusSeconds(1));

        assertThat(screen.lines().get(0)).isEqualTo("connection lost, reconnecting");
        assertThat(screen.lines().get(1)).startsWith("○ web@v2 to staging");
        assertThat(screen.lines()).hasSize(6);
    }

    @Test
    void saysHowManyAreBackDuringARollback() {
        VirtualScreen screen = new VirtualScreen(80, 24);
        LiveView view = new LiveView(screen.terminal());
        Story story = story(2);
        story.add(new Event(1, START, "deployment", "rolling_back", false, null, 0, "Broken.", "Broken."));
        tell(story, "web-1", "rolled_back", 0, "Runs v1 again.");

        view.begin(story, START);

        assertThat(screen.lines().getFirst()).startsWith("↩ web@v2 to staging   rolling back   1 of 2 rolled back");
    }

    private static Story chart() {
        return new Story(Deployment.of(Json.parse("{\"id\":\"01abcdef\",\"kind\":\"gitops\",\"status\":\"pending\","
                + "\"project\":\"shop\",\"version\":\"1.4.2\",\"environment\":\"production\",\"createdAt\":\"" + START
                + "\"}")));
    }

    private static void tell(Story story, int sequence, String status, String said) {
        story.add(new Event(sequence, START, "deployment", status, false, null, 0, null, said));
    }

    @Test
    void drawsTheWayOfAChartOnOneLine() {
        VirtualScreen screen = new VirtualScreen(80, 24);
        LiveView view = new LiveView(screen.terminal());
        Story story = chart();
        tell(story, 1, "validating", "The job is genuine.");
        tell(story, 2, "pushing", "Its turn.");

        view.begin(story, START);
        assertThat(screen.lines())
                .containsExactly(
                        "● shop 1.4.2 to production   pushing   0s   01abcdef",
                        "  Its turn.",
                        "  ✔ pending → ✔ validating → ⠋ pushing → ○ pushed → ○ monitoring → ○ deployed",
                        "  Ctrl-C detaches; the deployment continues",
                        "");

        view.tick(story, START.plusMillis(400));
        assertThat(screen.lines().get(2)).contains("⠹ pushing");

        tell(story, 3, "failed", "Rejected.");
        view.end(story, START.plusSeconds(9));
        assertThat(screen.lines())
                .containsExactly(
                        "✖ shop 1.4.2 to production   failed   9s   01abcdef",
                        "  Rejected.",
                        "  ✔ pending → ✔ validating → ✔ pushing → ✖ failed",
                        "");
    }

    @Test
    void drawsTheWholeWayOfAChartThatIsDeployed() {
        VirtualScreen screen = new VirtualScreen(80, 24);
        LiveView view = new LiveView(screen.terminal());
        Story story = chart();
        for (String status : new String[] {"validating", "pushing", "pushed", "monitoring", "deployed"}) {
            tell(story, 0, status, "");
        }

        view.end(story, START);

        assertThat(screen.lines().get(2))
                .isEqualTo("  ✔ pending → ✔ validating → ✔ pushing → ✔ pushed → ✔ monitoring → ✔ deployed");
    }
}
