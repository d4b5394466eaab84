package dev.slipway.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A screen of rows that obeys the few controls that the live view uses, and fails on every other. */
public final class VirtualScreen {
    private static final Pattern CONTROL = Pattern.compile("\033\\[(\\??\\d*)([A-Za-z])");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
    private ScreenSize size;
    private int row;
    private int column;

    public VirtualScreen(int columns, int rowCount) {
        size = new ScreenSize(columns, rowCount);
    }

    public Terminal terminal() {
        PrintStream stream = new PrintStream(written, true, StandardCharsets.UTF_8);
        Streams streams = new Streams(InputStream.nullInputStream(), stream, stream, true, true, () -> size);
        return new Terminal(streams, Map.of("LANG", "C.UTF-8"), true, false);
    }

    /** The user drags the window: rows that are too wide now become several, as most terminals do it. */
    public void resize(int columns, int rowCount) {
        lines();
        size = new ScreenSize(columns, rowCount);
        List<StringBuilder> reflowed = new ArrayList<>();
        for (StringBuilder line : rows) {
            int from = 0;
            do {
                reflowed.add(new StringBuilder(line.substring(from, Math.min(line.length(), from + columns))));
                from += columns;
            } while (from < line.length());
        }
        rows.clear();
        rows.addAll(reflowed);
        row = rows.size() - 1;
    }

    /** Everything that is to be seen, scrolled off or not. */
    public List<String> lines() {
        String text = written.toString(StandardCharsets.UTF_8);
        written.reset();
        Matcher control = CONTROL.matcher(text);
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\033') {
                if (!control.find(i) || control.start() != i) {
                    throw new IllegalStateException("A control that no test knows, at " + text.substring(i));
                }
                obey(control.group(2).charAt(0), control.group(1));
                i = control.end();
                continue;
            }
            put(c);
            i++;
        }
        return rows.stream().map(line -> line.toString().stripTrailing()).toList();
    }

    private void put(char c) {
        switch (c) {
            case '\r' -> column = 0;
            case '\n' -> {
                column = 0;
                row++;
                if (row == rows.size()) {
                    rows.add(new StringBuilder());
                }
            }
            default -> {
                StringBuilder line = rows.get(row);
                while (line.length() <= column) {
                    line.append(' ');
                }
                line.setCharAt(column, c);
                column++;
            }
        }
    }

    private void obey(char command, String argument) {
        switch (command) {
            case 'A' -> row = Math.max(0, row - Integer.parseInt(argument));
            case 'K' -> rows.get(row).setLength(Math.min(column, rows.get(row).length()));
            case 'J' -> {
                rows.get(row).setLength(Math.min(column, rows.get(row).length()));
                rows.subList(row + 1, rows.size()).clear();
            }
            case 'h', 'l' -> {
                if (!argument.equals("?7")) {
                    throw new IllegalStateException("An unknown mode: " + argument);
                }
            }
            default -> throw new IllegalStateException("An unknown control: " + command);
        }
    }
}
