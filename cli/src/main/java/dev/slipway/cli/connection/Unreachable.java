package dev.slipway.cli.connection;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.ExitCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Tells why a server could not be reached, and what to do about it. */
public final class Unreachable {
    private Unreachable() {}

    public static CommandException because(Connection connection, IOException failure) {
        URI url = connection.url();
        String message = switch (failure) {
            case ConnectException _ -> "cannot connect to " + url;
            case UnknownHostException _ -> "unknown host " + url.getHost();
            case SocketTimeoutException _ -> url + " did not respond in time";
            case SSLException tls -> "TLS handshake failed with " + url + ": " + tls.getMessage();
            default -> "the connection to " + url + " was lost: " + failure.getMessage();
        };
        return new CommandException(ExitCode.FAILED, message, hint(connection, failure), failure);
    }

    private static String hint(Connection connection, IOException failure) {
        StackFile stack = connection.stack();
        if (stack != null) {
            boolean runs = stack.alive().containsKey("supervisor");
            return runs
                    ? "the stack in " + stack.data() + " is " + stack.state() + "; see: slipway status"
                    : "is the stack running? start it with: slipway up";
        }
        if (failure instanceof ConnectException && connection.isHere()) {
            return "is the stack running? start it with: slipway up";
        }
        return "check SLIPWAY_URL, and that the server is running and reachable from here";
    }
}
