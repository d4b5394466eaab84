package dev.slipway.activities.git;

import dev.slipway.core.secret.Mask;
import dev.slipway.core.text.TerminalEscapes;
import java.net.URL;
import java.util.regex.Pattern;

/** What a remote says, made fit for a terminal, a log and a page: no escapes, no secret, no more than a few lines. */
final class RemoteText {
    private static final int LONGEST = 1_000;
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+");
    private static final Pattern SPACES = Pattern.compile(" {2,}");

    private RemoteText() {}

    static String host(URL url) {
        return of(url.getHost(), Mask.NOTHING);
    }

    /** One line. */
    static String of(String said, Mask mask) {
        String plain = UNSEEN.matcher(TerminalEscapes.remove(mask.apply(said))).replaceAll(" ");
        String line = SPACES.matcher(plain).replaceAll(" ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " […]";
    }
}
