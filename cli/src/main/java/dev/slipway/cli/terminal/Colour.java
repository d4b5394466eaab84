package dev.slipway.cli.terminal;

/** The colours that carry meaning here. They are an addition: the same is always said by a word or a symbol too. */
public enum Colour {
    NONE(""),
    GOOD("32"),
    BAD("31"),
    ATTENTION("33"),
    ACTIVE("36"),
    FAINT("2"),
    STRONG("1");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    /** {@code text} in this colour. */
    String paint(String text) {
        return code.isEmpty() || text.isEmpty() ? text : "\033[" + code + "m" + text + "\033[0m";
    }
}
