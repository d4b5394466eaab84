package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** The server of the stack: API and worker in a process of its own. */
record Server(DataDirectory data, int port, Map<String, String> environment) implements ManagedProcess {
    @Override
    public Part part() {
        return Part.SERVER;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public List<String> command() throws IOException {
        return List.of(Programs.server().toString());
    }

    /** That it takes our token tells it from another server that was quicker to take the port. */
    @Override
    public boolean isReady() {
        return Http.status(url() + "/actuator/health/readiness", "") == Http.OK
                && Http.status(url() + "/api/nodes", token()) == Http.OK;
    }

    private String token() {
        try {
            return Files.readString(data.token()).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
