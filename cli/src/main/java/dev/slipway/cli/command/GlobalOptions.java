package dev.slipway.cli.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command takes, before or after its name. */
public final class GlobalOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            order = 100,
            description = "Show this help.")
    boolean help;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            order = 101,
            description = "Data directory of the stack (SLIPWAY_DATA; default ~/.slipway).")
    @Nullable
    Path data;

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            order = 102,
            description = "Address of the Slipway API (SLIPWAY_URL). Not for up, demo and agent.")
    @Nullable
    String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            scope = ScopeType.INHERIT,
            order = 103,
            description = "Bearer token, for --url. Other users of this machine can see it: prefer SLIPWAY_TOKEN.")
    @Nullable
    String token;

    @Option(
            names = "--project",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            order = 104,
            description = "The project of the environments (SLIPWAY_PROJECT, slipway.yaml; default: default).")
    @Nullable
    String project;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            order = 105,
            description = "Print one JSON document on standard output. Not for demo and agent.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            order = 106,
            description = "Print results and errors only.")
    boolean quiet;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, order = 107, description = "Use no colour (NO_COLOR).")
    boolean noColor;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            order = 108,
            description = "Show the stack trace of an error.")
    boolean debug;

    public @Nullable Path data() {
        return data;
    }

    public @Nullable String url() {
        return url;
    }

    public @Nullable String token() {
        return token;
    }

    public @Nullable String project() {
        return project;
    }

    public boolean json() {
        return json;
    }

    public boolean quiet() {
        return quiet;
    }

    public boolean noColor() {
        return noColor;
    }

    public boolean debug() {
        return debug;
    }
}
