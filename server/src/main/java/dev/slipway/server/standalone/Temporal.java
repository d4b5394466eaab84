package dev.slipway.server.standalone;

import dev.slipway.workflows.SearchAttributes;
import io.temporal.common.SearchAttributeKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Temporal's development server, on a file. */
record Temporal(DataDirectory data, TemporalPrograms programs, int port, int uiPort) implements ManagedProcess {
    static final String NAMESPACE = "default";

    @Override
    public Part part() {
        return Part.TEMPORAL;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    String uiUrl() {
        return "http://127.0.0.1:" + uiPort;
    }

    @Override
    public List<String> command() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                programs.find().toString(),
                "server",
                "start-dev",
                "--ip",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--ui-port",
                Integer.toString(uiPort),
                "--db-filename",
                data.temporalDatabase().toString(),
                "--namespace",
                NAMESPACE,
                "--log-level",
                "warn"));
        // Without a write-ahead log, the file costs half of the speed.
        command.addAll(List.of("--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=NORMAL"));
        for (SearchAttributeKey<String> attribute : SearchAttributes.ALL) {
            command.addAll(List.of("--search-attribute", attribute.getName() + "=Keyword"));
        }
        // Each step of a workflow would wait for one of 20 ticks a second, and timers would be as coarse as a second.
        for (String setting : List.of(
                "history.transferProcessorMaxPollRPS=1000",
                "history.timerProcessorMaxPollRPS=1000",
                "history.timerProcessorMaxTimeShift=\"10ms\"",
                "matching.numTaskqueueReadPartitions=1",
                "matching.numTaskqueueWritePartitions=1")) {
            command.addAll(List.of("--dynamic-config-value", setting));
        }
        return command;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public boolean isReady() {
        return Http.accepts(port) && Http.status(uiUrl(), "") == Http.OK;
    }
}
