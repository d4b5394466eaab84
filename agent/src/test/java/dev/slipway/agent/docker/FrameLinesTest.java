package dev.slipway.agent.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.slipway.core.secret.Mask;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameLinesTest {
    private static final String SECRET = "hunter22-hünter23";
    private static final int FRAME = 16 << 10;

    private final Mask mask = Mask.of(List.of(SECRET));
    private final FrameLines lines = new FrameLines(4);

    @Test
    void makesALineOfAFrame() {
        add("1", StreamType.STDOUT, "one \r\n");
        add("2", StreamType.STDERR, "\n");

        assertThat(lines.lines())
                .containsExactly(new FrameLines.Line("1", "stdout", "one"), new FrameLines.Line("2", "stderr", ""));
    }

    @Test
    void joinsFramesWhereverASecretIsCut() {
        byte[] line = (".".repeat(FRAME) + SECRET + " it is\n").getBytes(StandardCharsets.UTF_8);
        for (int cut = FRAME + 1; cut < FRAME + SECRET.length(); cut++) {
            FrameLines joined = new FrameLines(Integer.MAX_VALUE);
            joined.add(frame("1", StreamType.STDOUT, line, 0, cut));
            joined.add(frame("2", StreamType.STDERR, "between\n".getBytes(StandardCharsets.UTF_8), 0, 8));
            joined.add(frame("1", StreamType.STDOUT, line, cut, line.length));

            assertThat(texts(joined)).containsExactly(".".repeat(FRAME) + "*** it is", "between");
        }
    }

    @Test
    void hidesTheHalfOfASecretWhoseOtherHalfHasNotCome() {
        add("1", StreamType.STDOUT, "is " + SECRET.substring(0, 8));

        assertThat(texts(lines)).containsExactly("is ***" + Mask.CUT);
    }

    @Test
    void doesNotJoinWhatAnotherProcessOfTheContainerPrints() {
        add("1", StreamType.STDOUT, "no database");
        add("2", StreamType.STDOUT, "starting\n");
        add("3", StreamType.STDOUT, "started\n");

        assertThat(texts(lines)).containsExactly("no database" + Mask.CUT, Mask.CUT + "starting", "started");
    }

    @Test
    void knowsThatTheFirstOfTheLastFramesMayBeTheRestOfALine() {
        add("5", StreamType.STDOUT, SECRET.substring(8) + "\n");
        add("4", StreamType.STDERR, SECRET.substring(3) + "\n");
        add("6", StreamType.STDERR, "r23 is no rest\n");
        add("7", StreamType.STDOUT, "nor is r23\n");

        assertThat(texts(lines)).containsExactly(Mask.CUT + "***", Mask.CUT + "***", "r23 is no rest", "nor is r23");
    }

    @Test
    void keepsTheBeginningOfALineThatDoesNotEnd() {
        FrameLines endless = new FrameLines(Integer.MAX_VALUE);
        byte[] line = (SECRET + ".").repeat(FRAME).getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at + FRAME < line.length; at += FRAME) {
            endless.add(frame("1", StreamType.STDOUT, line, at, at + FRAME));
        }

        assertThat(texts(endless)).singleElement().asString().matches("(\\*\\*\\*\\.)+(\\*\\*\\*)?\uFFFD?\\[…\\]");
    }

    private void add(String timestamp, StreamType stream, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        lines.add(frame(timestamp, stream, bytes, 0, bytes.length));
    }

    private List<String> texts(FrameLines of) {
        return of.lines().stream().map(FrameLines.Line::text).map(mask::apply).toList();
    }

    private static Frame frame(String timestamp, StreamType stream, byte[] line, int from, int to) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes((timestamp + " ").getBytes(StandardCharsets.US_ASCII));
        payload.write(line, from, to - from);
        return new Frame(stream, payload.toByteArray());
    }
}
