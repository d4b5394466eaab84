package dev.slipway.acceptance.fault;

import dev.slipway.acceptance.stack.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A firewall on loopback that forgets connections: their packets are dropped without a word, and new ones pass. */
final class Firewall implements AutoCloseable {
    /** Why a test cannot run here. */
    static final String NEEDS = "only root may drop packets, with iptables";

    private final List<List<String>> rules = new ArrayList<>();

    static boolean isPossible() {
        return "root".equals(System.getProperty("user.name"))
                && Files.isExecutable(Path.of("/usr/sbin/iptables"))
                && Command.run("/usr/sbin/iptables", "--list", "INPUT").exitCode() == 0;
    }

    /** Forgets every connection to the server at this port. Returns how many. */
    int forget(int server) {
        List<String> clients = Command.run("ss", "-Htn", "state", "established", "dport = :" + server)
                .expect(0)
                .output()
                .lines()
                .map(line -> line.strip().split("\\s+", -1)[2])
                .map(address -> address.substring(address.lastIndexOf(':') + 1))
                .toList();
        clients.forEach(client -> {
            drop(client, Integer.toString(server));
            drop(Integer.toString(server), client);
        });
        return clients.size();
    }

    private void drop(String from, String to) {
        List<String> rule = List.of("INPUT", "-i", "lo", "-p", "tcp", "--sport", from, "--dport", to, "-j", "DROP");
        change("-I", rule).expect(0);
        rules.add(rule);
    }

    private static Command.Result change(String how, List<String> rule) {
        List<String> command = new ArrayList<>(List.of("/usr/sbin/iptables", "-w", how));
        command.addAll(rule);
        return Command.run(command.toArray(String[]::new));
    }

    @Override
    public void close() {
        rules.forEach(rule -> change("-D", rule));
    }
}
