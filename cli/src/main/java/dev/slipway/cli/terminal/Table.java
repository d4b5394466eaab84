package dev.slipway.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under headings, aligned. On a screen the last column is cut to fit; in a pipe nothing is. */
public final class Table {
    private static final String GAP = "   ";

    /** A text and its colour. */
    public record Cell(String text, Colour colour) {
        public Cell {
            text = Untrusted.line(text);
        }
    }

    private final List<String> headings;
    private final List<List<Cell>> rows = new ArrayList<>();

    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    public Table row(Cell... cells) {
        rows.add(List.of(cells));
        return this;
    }

    public Table row(String... texts) {
        rows.add(Arrays.stream(texts).map(text -> new Cell(text, Colour.NONE)).toList());
        return this;
    }

    public void printTo(Terminal terminal) {
        int[] widths = widths();
        int screen = terminal.isScreen() ? terminal.size().columns() : Integer.MAX_VALUE;
        List<Cell> heading =
                headings.stream().map(h -> new Cell(h, Colour.FAINT)).toList();
        terminal.print(line(terminal, heading, widths, screen));
        rows.forEach(row -> terminal.print(line(terminal, row, widths, screen)));
    }

    private int[] widths() {
        int[] widths = headings.stream().mapToInt(DisplayWidth::of).toArray();
        for (List<Cell> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], DisplayWidth.of(row.get(i).text()));
            }
        }
        return widths;
    }

    private static String line(Terminal terminal, List<Cell> cells, int[] widths, int screen) {
        StringBuilder line = new StringBuilder();
        int column = 0;
        int last = cells.size() - 1;
        for (int i = 0; i <= last; i++) {
            Cell cell = cells.get(i);
            int room = Math.max(8, screen - column);
            String text = i == last ? DisplayWidth.cut(cell.text(), room, terminal.ellipsis()) : cell.text();
            line.append(terminal.painted(cell.colour(), text));
            if (i < last) {
                line.append(" ".repeat(widths[i] - DisplayWidth.of(text))).append(GAP);
            }
            column += widths[i] + GAP.length();
        }
        return line.toString().stripTrailing();
    }
}
