package dev.slipway.acceptance.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports that nobody uses, each given once. They lie below those that the kernel gives to outgoing connections. */
public final class Ports {
    private static final int OF_EACH_FORK = 5_500;
    private static final int FIRST = 10_000 + OF_EACH_FORK * ((Distribution.FORK - 1) % 4);
    private static final int BEHIND_LAST = FIRST + OF_EACH_FORK;

    private static final AtomicInteger next =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(FIRST, BEHIND_LAST));

    private Ports() {}

    public static int free() {
        int port = next.getAndUpdate(last -> last + 1 < BEHIND_LAST ? last + 1 : FIRST);
        return isFree(port) ? port : free();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
