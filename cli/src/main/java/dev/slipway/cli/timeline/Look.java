package dev.slipway.cli.timeline;

import dev.slipway.cli.terminal.Colour;
import dev.slipway.cli.terminal.Terminal;

/** How a status looks: a symbol and a colour beside its word, never one of them alone. */
public record Look(String symbol, Colour colour) {
    /** The look of a deployment's or a task's status. */
    public static Look of(String status, boolean waiting, boolean unicode) {
        if (waiting) {
            return look(unicode, "‖", "!", status.equals("failed") ? Colour.BAD : Colour.ATTENTION);
        }
        return switch (status) {
            case "succeeded", "completed", "deployed" -> look(unicode, "✔", "+", Colour.GOOD);
            case "failed" -> look(unicode, "✖", "x", Colour.BAD);
            case "running", "completing", "pushing", "pushed" -> look(unicode, "●", ">", Colour.ACTIVE);
            case "verifying", "monitoring" -> look(unicode, "◐", "?", Colour.ACTIVE);
            case "dispatched", "preparing", "validating" -> look(unicode, "◌", "o", Colour.ACTIVE);
            case "retrying" -> look(unicode, "↻", "~", Colour.ATTENTION);
            case "rolling_back", "rolled_back" -> look(unicode, "↩", "<", Colour.ATTENTION);
            case "canceled" -> look(unicode, "■", "#", Colour.ATTENTION);
            case "skipped" -> look(unicode, "−", "-", Colour.FAINT);
            default -> look(unicode, "○", ".", Colour.FAINT);
        };
    }

    public static Look of(String status, boolean waiting, Terminal terminal) {
        return of(status, waiting, terminal.isUnicode());
    }

    private static Look look(boolean unicode, String symbol, String plain, Colour colour) {
        return new Look(unicode ? symbol : plain, colour);
    }

    /** The word for a status, for people. */
    public static String word(String status, boolean waiting) {
        String word = status.replace('_', ' ');
        if (!waiting) {
            return word;
        }
        return status.equals("failed") ? "failed, held" : word + ", paused";
    }
}
