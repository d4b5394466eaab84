package dev.slipway.cli.connection;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.ExitCode;
import dev.slipway.cli.command.GlobalOptions;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.command.Surroundings;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.project.ProjectFile;
import dev.slipway.core.project.StackSearch;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the API to talk to: options, then environment, then slipway.yaml upward from here, then the data directory of
 * the user. A token is sent only to the address that it belongs to.
 */
public final class ConnectionFinder {
    private static final String HOW_TO_START = "is the stack running? start it with: slipway up";

    private final GlobalOptions options;
    private final Surroundings surroundings;
    private final StackSearch search;

    public ConnectionFinder(Invocation invocation) {
        this(invocation.options(), invocation.surroundings());
    }

    ConnectionFinder(GlobalOptions options, Surroundings surroundings) {
        this.options = options;
        this.surroundings = surroundings;
        this.search = new StackSearch(
                surroundings.environment(), surroundings.directory(), surroundings.home(), ProjectYaml::read);
    }

    /** The connection, with a token; fails with what to set where one of the two is missing. */
    public Connection find() {
        Connection found = findAddress();
        if (found.token() == null) {
            throw new CommandException(
                    ExitCode.NOT_AUTHORISED,
                    "no token for " + found.url(),
                    found.stack() == null
                            ? "set SLIPWAY_TOKEN; a token of another address is never sent to it"
                            : "cannot read its token file; run as the user who started the stack");
        }
        return found;
    }

    /** The connection, whose token may be missing. */
    public Connection findAddress() {
        if (options.url() != null) {
            return byUrl("--url", options.url(), tokenFor(options.url()));
        }
        if (options.data() != null) {
            return byData(dataDirectory(), options.token());
        }
        Optional<String> url = surroundings.variable("SLIPWAY_URL");
        if (url.isPresent()) {
            return byUrl("SLIPWAY_URL", url.get(), explicitToken());
        }
        if (surroundings.variable("SLIPWAY_DATA").isPresent()) {
            return byData(dataDirectory(), explicitToken());
        }
        Optional<ProjectFile> project = told(search::project);
        if (project.isPresent() && project.get().url() != null) {
            return byUrl(project.get().file().toString(), project.get().url(), explicitToken());
        }
        return byData(dataDirectory(), explicitToken());
    }

    /** The data directory of the stack on this machine, whether there is one or not. */
    public Path dataDirectory() {
        return told(() -> search.dataDirectory(options.data()));
    }

    private static <T> T told(Supplier<T> found) {
        try {
            return found.get();
        } catch (InvalidInputException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()), null);
        }
    }

    private @Nullable String explicitToken() {
        return options.token() != null
                ? options.token()
                : surroundings.variable("SLIPWAY_TOKEN").orElse(null);
    }

    // SLIPWAY_TOKEN belongs to SLIPWAY_URL, where that is set.
    private @Nullable String tokenFor(String url) {
        boolean another = surroundings
                .variable("SLIPWAY_URL")
                .filter(set -> !withoutSlash(set).equals(withoutSlash(url)))
                .isPresent();
        return another ? options.token() : explicitToken();
    }

    private Connection byUrl(String source, String text, @Nullable String explicit) {
        URI url = parse(source, text);
        String token = explicit;
        Optional<StackFile> stack =
                StackFile.in(dataDirectory()).filter(file -> url.toString().equals(withoutSlash(file.url())));
        if (token == null) {
            token = stack.flatMap(StackFile::token).orElse(null);
        }
        return new Connection(url, token, stack.orElse(null));
    }

    private Connection byData(Path data, @Nullable String explicit) {
        StackFile stack =
                StackFile.in(data).orElseThrow(() -> CommandException.failed("no stack in " + data, HOW_TO_START));
        if (stack.url().isEmpty()) {
            throw CommandException.failed(
                    "the stack in " + data + " has no address yet (state: " + stack.state() + ")", HOW_TO_START);
        }
        String token = explicit != null ? explicit : stack.token().orElse(null);
        return new Connection(parse(data + "/stack.json", stack.url()), token, stack);
    }

    private static URI parse(String source, String text) {
        try {
            URI url = new URI(withoutSlash(text.strip()));
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            if (url.getHost() != null
                    && (scheme.equals("http") || scheme.equals("https"))
                    && url.getRawQuery() == null
                    && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Told below, like every other address that cannot be used.
        }
        throw CommandException.usage(
                source + ": \"" + text + "\" is not the URL of an API", "for example https://slipway.example.org");
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
