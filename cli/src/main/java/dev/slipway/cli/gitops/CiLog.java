package dev.slipway.cli.gitops;

import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.terminal.Untrusted;
import java.time.InstantSource;

/** What a CI system can do with a log, beyond showing its lines: fold some of them, and show an error elsewhere too. */
final class CiLog {
    /** A part of the log that can be folded; it ends where it is closed. */
    interface Section extends AutoCloseable {
        @Override
        void close();
    }

    // Erases the line, so that the marker is not seen where nobody folds.
    private static final String GITLAB_MARKER = "\033[0Ksection_%s:%d:%s\r\033[0K%s";

    private final Terminal terminal;
    private final CiSystem system;
    private final InstantSource clock;

    CiLog(Terminal terminal, CiSystem system, InstantSource clock) {
        this.terminal = terminal;
        this.system = system;
        this.clock = clock;
    }

    /** A log whose output is for programs, or for nobody: it is left alone. */
    static CiLog plain(Terminal terminal) {
        return new CiLog(terminal, CiSystem.NONE, InstantSource.system());
    }

    /** {@code name}: letters, digits and underscores. */
    Section section(String name, String title) {
        String header = Untrusted.line(title);
        return switch (system) {
            case GITLAB -> {
                terminal.tell(GITLAB_MARKER.formatted("start", seconds(), name, header));
                yield () -> terminal.tell(GITLAB_MARKER.formatted("end", seconds(), name, ""));
            }
            case GITHUB, GITEA -> {
                terminal.tell("::group::" + data(header));
                yield () -> terminal.tell("::endgroup::");
            }
            case NONE -> () -> {};
        };
    }

    /** Shows an error on the page of the run too. */
    void error(String message) {
        if (system.isActions()) {
            terminal.tell("::error title=Slipway::" + data(message));
        }
    }

    private long seconds() {
        return clock.instant().getEpochSecond();
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }
}
