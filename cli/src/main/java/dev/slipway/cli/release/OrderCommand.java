package dev.slipway.cli.release;

import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.terminal.Untrusted;
import dev.slipway.cli.timeline.Deployment;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives an order, and says whether the deployment obeys. */
@Command
abstract sealed class OrderCommand implements Callable<Integer> {
    private final Invocation invocation;
    private final Order order;

    @Parameters(paramLabel = "ID", description = "Deployment id, or its beginning.")
    private String id = "";

    OrderCommand(Invocation invocation, Order order) {
        this.invocation = invocation;
        this.order = order;
    }

    /** The name of the field of the request, and its value. */
    abstract String field();

    abstract @Nullable String value();

    abstract String done(String word);

    @Override
    public Integer call() {
        Deployment deployment =
                Deployment.of(ApiClient.of(invocation).send(Order.call(id, order.verb(), field(), value())));
        Terminal terminal = invocation.terminal();
        if (invocation.options().json()) {
            terminal.print(Json.pretty(deployment.document()));
        } else {
            terminal.tell(Untrusted.line("deployment " + deployment.id() + ": " + done(order.done())));
            terminal.note("follow it with: slipway watch " + deployment.id());
        }
        return 0;
    }

    static final class OfDeployment extends OrderCommand {
        @Option(names = "--reason", paramLabel = "TEXT", description = "Reason; recorded in the deployment's timeline.")
        private @Nullable String reason;

        OfDeployment(Invocation invocation, Order order) {
            super(invocation, order);
        }

        @Override
        String field() {
            return "reason";
        }

        @Override
        @Nullable
        String value() {
            return reason;
        }

        @Override
        String done(String word) {
            return word;
        }
    }

    static final class OfTarget extends OrderCommand {
        @Option(names = "--target", paramLabel = "TARGET", required = true, description = "The target that failed.")
        private String target = "";

        OfTarget(Invocation invocation, Order order) {
            super(invocation, order);
        }

        @Override
        String field() {
            return "target";
        }

        @Override
        String value() {
            return target;
        }

        @Override
        String done(String word) {
            return word + " " + target;
        }
    }

    static CommandLine commandLine(Invocation invocation, Order order) {
        CommandLine line = new CommandLine(
                order.ofTarget() ? new OfTarget(invocation, order) : new OfDeployment(invocation, order));
        CommandSpec spec = line.getCommandSpec().name(order.verb());
        Objects.requireNonNull(spec.usageMessage())
                .description(order.description())
                .footer(order.footer());
        return line;
    }
}
