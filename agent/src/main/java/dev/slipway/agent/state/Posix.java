package dev.slipway.agent.state;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Set;

/** The few calls of the C library that the JDK has no door to. */
public final class Posix {
    public static final int SIGKILL = 9;
    public static final int SIGTERM = 15;

    private static final int READ_ONLY = 0;
    private static final int READ_WRITE = 2;
    private static final int SEEK_DATA = 3;
    private static final int KEEP_SIZE_AND_PUNCH_HOLE = 0x03;
    private static final int COLLAPSE_RANGE = 0x08;
    private static final Set<Integer> UNSUPPORTED = Set.of(22 /* EINVAL */, 38 /* ENOSYS */, 95 /* EOPNOTSUPP */);
    private static final FunctionDescriptor INT_OF_INT =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle KILL =
            function("kill", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle OPEN =
            function("open", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    private static final MethodHandle SYNCFS = function("syncfs", INT_OF_INT);
    private static final MethodHandle CLOSE = function("close", INT_OF_INT);
    private static final MethodHandle LSEEK = function(
            "lseek",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    private static final MethodHandle FALLOCATE = function(
            "fallocate",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG),
            Linker.Option.captureCallState("errno"));
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private Posix() {}

    /** Sends {@code signal} to all processes of the group. Whether there was one to send it to. */
    public static boolean signalGroup(long group, int signal) {
        // kill(-1) would reach every process of the machine, and kill(0) the agent itself.
        if (group <= 1) {
            throw new IllegalArgumentException(group + " is not the process group of a service");
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
        int result = withDescriptor(path, READ_ONLY, (descriptor, _) -> (int) SYNCFS.invokeExact(descriptor));
        if (result != 0) {
            throw new IOException("syncfs(2) failed for " + path);
        }
    }

    /**
     * Removes the first {@code count} bytes of {@code file}, a multiple of the block size and fewer than all, so that the
     * rest moves to the beginning; whoever appends meanwhile loses nothing. False where the file system cannot do it.
     */
    public static boolean collapse(Path file, long count) throws IOException {
        return fallocate(file, COLLAPSE_RANGE, count);
    }

    /** Gives the space of the first {@code count} bytes back; the rest stays where it is. False where it cannot be done. */
    public static boolean punch(Path file, long count) throws IOException {
        return fallocate(file, KEEP_SIZE_AND_PUNCH_HOLE, count);
    }

    /** Where the first byte of {@code file} is that was not punched out; 0 where the file system does not know. */
    public static long firstData(Path file) throws IOException {
        long offset =
                withDescriptor(file, READ_ONLY, (descriptor, _) -> (long) LSEEK.invokeExact(descriptor, 0L, SEEK_DATA));
        return Math.max(0, offset);
    }

    private static boolean fallocate(Path file, int mode, long count) throws IOException {
        int errno = withDescriptor(file, READ_WRITE, (descriptor, arena) -> {
            MemorySegment state = arena.allocate(CALL_STATE);
            int result = (int) FALLOCATE.invokeExact(state, descriptor, mode, 0L, count);
            return result == 0 ? 0 : (int) ERRNO.get(state, 0L);
        });
        if (errno != 0 && !UNSUPPORTED.contains(errno)) {
            throw new IOException("fallocate(2) failed for " + file + " with errno " + errno);
        }
        return errno == 0;
    }

    private interface Call<T> {
        T with(int descriptor, Arena arena) throws Throwable;
    }

    private static <T> T withDescriptor(Path path, int flags, Call<T> call) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) OPEN.invokeExact(arena.allocateFrom(path.toString()), flags);
            if (descriptor < 0) {
                throw new IOException("open(2) failed for " + path);
            }
            try {
                return call.with(descriptor, arena);
            } finally {
                int _ = (int) CLOSE.invokeExact(descriptor);
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("A call of the C library failed for " + path, e);
        }
    }

    // Native access is granted to the agent on its command line.
    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
    }
}
