package dev.slipway.activities.chart;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a YAML text is laid out: where the parts of it really begin and end, and how it is indented. */
final class YamlLayout {
    private static final int USUAL_STEP = 2;
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\n|\r");
    private static final Pattern BLOCK_HEADER = Pattern.compile("[|>][-+0-9]*([^\r\n]*)");

    private final String text;
    private final String eol;
    private final int step;

    YamlLayout(String text, @Nullable YamlNode root) {
        this.text = text;
        Matcher lineBreak = LINE_BREAK.matcher(text);
        this.eol = lineBreak.find() ? lineBreak.group() : "\n";
        int found = root == null ? 0 : stepIn(root);
        this.step = found > 0 ? found : USUAL_STEP;
    }

    int length() {
        return text.length();
    }

    String eol() {
        return eol;
    }

    /** By how much a mapping in a mapping is indented. */
    int step() {
        return step;
    }

    /** {@code lines} as they go behind everything. */
    String atEnd(String lines) {
        boolean ended = text.isEmpty() || isBreak(text.length() - 1);
        return (ended ? "" : eol) + lines + eol;
    }

    /** The column of the keys of a mapping that is written in lines. */
    int column(YamlNode.Mapping mapping) {
        int start = mapping.entries().getFirst().key().start();
        return start - lineStart(start);
    }

    int lineEnd(int from) {
        int at = from;
        while (at < text.length() && !isBreak(at)) {
            at++;
        }
        return at;
    }

    /** What belongs between a key and a value that it has not had. */
    String gap(YamlNode.Scalar key, YamlNode.Scalar empty) {
        if (text.indexOf(':', key.end()) < 0 || text.indexOf(':', key.end()) >= Math.max(empty.end(), key.end() + 1)) {
            return ": ";
        }
        return Character.isWhitespace(text.charAt(empty.end() - 1)) ? "" : " ";
    }

    /** Where a node begins behind its anchor and its tag. */
    int contentStart(YamlNode node) {
        int at = node.start();
        while (at < node.end() && (text.charAt(at) == '&' || text.charAt(at) == '!')) {
            while (at < node.end() && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            while (at < node.end() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
        return at;
    }

    boolean hasTag(YamlNode node) {
        return text.substring(node.start(), contentStart(node)).contains("!");
    }

    int contentEnd(YamlNode.Entry entry) {
        return Math.max(entry.key().end(), contentEnd(entry.value()));
    }

    // The end marks of what is written in lines stand at whatever comes next, behind comments.
    private int contentEnd(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping
            when !mapping.flow() -> contentEnd(mapping.entries().getLast());
            case YamlNode.Sequence sequence
            when !sequence.flow() -> contentEnd(sequence.items().getLast());
            case YamlNode.Scalar scalar
            when scalar.isBlock() -> keepsBlanks(scalar) ? keptEnd(scalar) : blockEnd(scalar);
            default -> node.end();
        };
    }

    /** The end of the last line of a block scalar that is not blank. */
    int blockEnd(YamlNode.Scalar block) {
        return block.start()
                + text.substring(block.start(), block.end()).stripTrailing().length();
    }

    /** What stands behind the {@code |} of a block scalar, with the blank before it. */
    String blockComment(YamlNode.Scalar block) {
        Matcher header = BLOCK_HEADER.matcher(text).region(contentStart(block), text.length());
        return header.lookingAt() ? header.group(1).stripTrailing() : "";
    }

    private boolean keepsBlanks(YamlNode.Scalar block) {
        Matcher header = BLOCK_HEADER.matcher(text).region(contentStart(block), text.length());
        return header.lookingAt()
                && text.substring(header.start(), header.start(1)).contains("+");
    }

    private int keptEnd(YamlNode.Scalar block) {
        int start = lineStart(block.end());
        if (!text.substring(start, block.end()).isBlank() || start == 0) {
            return block.end();
        }
        return text.startsWith("\r\n", start - 2) ? start - 2 : start - 1;
    }

    private int lineStart(int from) {
        int at = from;
        while (at > 0 && !isBreak(at - 1)) {
            at--;
        }
        // Not a column: the mark of another encoding before the first character.
        return at == 0 && text.startsWith("\uFEFF") && from > 0 ? 1 : at;
    }

    private boolean isBreak(int at) {
        return text.charAt(at) == '\n' || text.charAt(at) == '\r';
    }

    private int stepIn(YamlNode node) {
        if (!(node instanceof YamlNode.Mapping mapping) || mapping.flow()) {
            return 0;
        }
        for (YamlNode.Entry entry : mapping.entries()) {
            if (entry.value() instanceof YamlNode.Mapping below && !below.flow()) {
                return column(below) - column(mapping);
            }
        }
        return 0;
    }
}
