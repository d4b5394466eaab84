package dev.slipway.acceptance.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Releases of a tiny HTTP service that answers with its version. It needs nothing but busybox or a JDK. */
public final class SampleService {
    private static final String HEAD = "#!/bin/sh\n";

    private SampleService() {}

    /** One that works. */
    public static Archive good(String version) {
        return of(version, HEAD + "echo \"serving " + version + " on $1\"\n" + serve());
    }

    /** One that serves something else than its version, so that it never becomes healthy. */
    public static Archive broken(String version) {
        return of("sick", HEAD + "# " + version + "\n" + serve());
    }

    /** One that ends as soon as it is started. */
    public static Archive crashing(String version) {
        return of(version, HEAD + "echo \"cannot start\" >&2\nexit 3\n");
    }

    /** One that works, and takes {@code seconds} to end when it is asked to; until then it serves. */
    public static Archive stubborn(String version, int seconds) {
        return of(
                version,
                HEAD + "(trap '' TERM\n" + serve() + ") &\nchild=$!\ntrap 'sleep " + seconds
                        + "; kill -KILL $child; exit 0' TERM\nwait\n");
    }

    /** One that ends as soon as it is started, until somebody makes the file {@code cure} with the port behind its name. */
    public static Archive curable(String version, Path cure) {
        return of(version, HEAD + "[ -e \"" + cure + "$1\" ] || exit 3\n" + serve());
    }

    /** One that works, and prints what {@code script} says before. */
    public static Archive saying(String version, String script) {
        return of(version, HEAD + script + "\n" + serve());
    }

    /** One that works, in an archive of at least {@code size} bytes. */
    public static Archive large(String version, int size) {
        byte[] ballast = new byte[size];
        new Random(version.hashCode()).nextBytes(ballast);
        Map<String, byte[]> files = new LinkedHashMap<>(good(version).files());
        files.put("ballast", ballast);
        return Archive.of(files);
    }

    private static Archive of(String page, String start) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("start", Archive.text(start));
        files.put("www/index.html", Archive.text(page + "\n"));
        return Archive.of(files);
    }

    /** Serves the folder www at the port that is the first argument. */
    private static String serve() {
        return Files.isExecutable(Path.of("/usr/bin/busybox")) || Files.isExecutable(Path.of("/bin/busybox"))
                ? "exec busybox httpd -f -p 127.0.0.1:$1 -h www\n"
                : "exec " + System.getProperty("java.home")
                        + "/bin/jwebserver -J-XX:+UseSerialGC -J-XX:TieredStopAtLevel=1 -J-Xmx16m"
                        + " -b 127.0.0.1 -p $1 -d \"$PWD/www\"\n";
    }
}
