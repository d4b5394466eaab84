package dev.slipway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * For a look at the live view on a real terminal: serves a rollout to as many targets as the argument says, and prints
 * how to watch it. It is no test.
 */
public final class ScreenTrial {
    private static final Random RANDOM = new Random(1);

    private ScreenTrial() {}

    public static void main(String[] arguments) throws InterruptedException {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        String ending = arguments.length > 1 ? arguments[1] : "completed";
        List<String> targets = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            targets.add("web-" + i);
        }
        ApiDouble api = new ApiDouble();
        DeploymentDouble deployment =
                api.addAsNext(new DeploymentDouble("01k3abcd", "web@v2", targets.toArray(String[]::new)));
        System.out.println("export SLIPWAY_URL=" + api.url() + " SLIPWAY_TOKEN=" + ApiDouble.TOKEN);
        while (api.received("GET /api/deployments/01k3abcd/events").isEmpty()) {
            Thread.sleep(50);
        }
        Thread.sleep(1_000);
        deployment.status("preparing", "It is its turn in \"staging\".");
        deployment.status("running", count + " target(s), " + Math.max(1, count / 5) + " at a time.");
        for (int from = 0; from < count; from += Math.max(1, count / 5)) {
            for (String status : new String[] {"queued", "dispatched", "running", "verifying", "succeeded"}) {
                for (String target : targets.subList(from, Math.min(count, from + Math.max(1, count / 5)))) {
                    boolean fails = ending.equals("rolled_back") && target.equals("web-" + (count - 1));
                    tell(deployment, target, status, fails);
                    Thread.sleep(2_000 / Math.max(5, count));
                }
                Thread.sleep(200 + RANDOM.nextInt(600));
            }
        }
        if (ending.equals("rolled_back")) {
            deployment.status("rolling_back", false, "web-" + (count - 1) + " is unhealthy.", "It answered 500.");
            for (String target : targets) {
                deployment.task(target, "rolled_back", "Runs v1 (abababababab) again.");
                Thread.sleep(2_000 / Math.max(5, count));
            }
        }
        deployment.end(ending, "web@v2 runs on " + count + " target(s).", null);
        Thread.sleep(30_000);
        System.exit(0);
    }

    private static void tell(DeploymentDouble deployment, String target, String status, boolean fails) {
        if (fails && status.equals("succeeded")) {
            deployment.task(
                    target,
                    "failed",
                    1,
                    "unhealthy",
                    "Target \"" + target
                            + "\" did not become healthy: GET http://127.0.0.1:8101/ answered 500 instead of 200, 20 times.");
        } else {
            deployment.task(target, status, "Healthy after 2 probes.");
        }
    }
}
