package dev.slipway.agent.process;

import dev.slipway.agent.timeline.OutputLine;
import dev.slipway.core.secret.Mask;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a service prints: a file for each stream, which the service itself writes, so that no agent needs to be there. */
final class ServiceOutput {
    private final OutputFile stdout;
    private final OutputFile stderr;

    ServiceOutput(Path folder) {
        this(folder, AppendedFile.Removal.COLLAPSE);
    }

    ServiceOutput(Path folder, AppendedFile.Removal removal) {
        this.stdout = new OutputFile("stdout", folder.resolve("service.out"), removal);
        this.stderr = new OutputFile("stderr", folder.resolve("service.err"), removal);
    }

    File stdout() {
        return stdout.path().toFile();
    }

    File stderr() {
        return stderr.path().toFile();
    }

    /** What is printed from here on is the output of a new revision. */
    synchronized void mark() {
        stdout.mark();
        stderr.mark();
    }

    /** What is printed from here on is the output of a new process. */
    synchronized void endLines() {
        stdout.endLine();
        stderr.endLine();
    }

    /** What is printed until now is not new. */
    synchronized void skip() {
        stdout.skip();
        stderr.skip();
    }

    /** The complete lines that were printed since the last call, masked. */
    synchronized List<OutputLine> newLines(Mask mask) {
        return Stream.concat(stdout.newLines(mask), stderr.newLines(mask)).toList();
    }

    /** The last lines since the mark, masked: errors, if there are any. */
    synchronized List<String> lastLines(Mask mask) {
        List<String> errors = stderr.tail(mask);
        return errors.isEmpty() ? stdout.tail(mask) : errors;
    }

    /** Keeps the files from growing for ever. */
    synchronized void rotate() {
        stdout.rotate();
        stderr.rotate();
    }

    synchronized void delete() {
        stdout.delete();
        stderr.delete();
    }
}
