package dev.slipway.server.standalone;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The server of the stack: API and worker in a process of its own. */
record Server(int port, Map<String, String> environment) implements ManagedProcess {
    @Override
    public String name() {
        return "server";
    }

    @Override
    public String title() {
        return "Server";
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public List<String> command() throws IOException {
        return List.of(Programs.server().toString());
    }

    @Override
    public boolean isReady() {
        return Http.status(url() + "/actuator/health/readiness", "") == Http.OK;
    }
}
