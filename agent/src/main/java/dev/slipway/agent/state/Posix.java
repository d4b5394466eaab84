package dev.slipway.agent.state;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** The few calls of the C library that the JDK has no door to. */
public final class Posix {
    public static final int SIGKILL = 9;
    public static final int SIGTERM = 15;

    private static final int READ_ONLY = 0;
    private static final FunctionDescriptor INT_OF_INT =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle KILL =
            function("kill", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle OPEN =
            function("open", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    private static final MethodHandle SYNCFS = function("syncfs", INT_OF_INT);
    private static final MethodHandle CLOSE = function("close", INT_OF_INT);

    private Posix() {}

    /** Sends {@code signal} to all processes of the group. Whether there was one to send it to. */
    public static boolean signalGroup(long group, int signal) {
        // kill(-1) would reach every process of the machine, and kill(0) the agent itself.
        if (group <= 1) {
            throw new IllegalArgumentException(group + " is no process group of a service");
        }
        try {
            return (int) KILL.invokeExact(Math.toIntExact(-group), signal) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("kill(2) failed", e);
        }
    }

    /** Whether the group has processes, those that ended and nobody has reaped included. */
    public static boolean groupExists(long group) {
        return signalGroup(group, 0);
    }

    /** Writes the whole file system of {@code path} to the disk: one call, where thousands of new files need it. */
    public static void syncFileSystem(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path.toString());
            int descriptor = (int) OPEN.invokeExact(name, READ_ONLY);
            if (descriptor < 0) {
                throw new IOException("open(2) failed for " + path);
            }
            int result = (int) SYNCFS.invokeExact(descriptor);
            int closed = (int) CLOSE.invokeExact(descriptor);
            if (result != 0 || closed != 0) {
                throw new IOException("syncfs(2) failed for " + path);
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("syncfs(2) failed", e);
        }
    }

    // Native access is granted to the agent on its command line.
    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }
}
