package dev.slipway.core.fleet;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.core.input.Texts;
import dev.slipway.core.manifest.Field;
import dev.slipway.core.manifest.Form;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a target runs its component. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TargetRuntime.ProcessRuntime.class, name = "process"),
    @JsonSubTypes.Type(value = TargetRuntime.DockerRuntime.class, name = "docker")
})
public sealed interface TargetRuntime {
    /** What no two targets of one node may share. */
    String place();

    /**
     * A process that the agent supervises. {@code directory} is absolute; in it, {@code releases/<digest>} holds the
     * unpacked archives and {@code current} links to the one that runs.
     */
    record ProcessRuntime(
            @Field(
                    value = "Holds releases/<digest> for each archive, and current, a link to the running one. No two"
                            + " targets of a node may share it.",
                    type = "absolute path without `..`")
            String directory,

            @Field(
                    value =
                            "The program and its arguments, without a shell: [./start, \"8101\"]. Runs in the folder of the"
                                    + " release. May use ${version}, ${digest} and ${target}.",
                    notEmpty = true)
            List<String> command)
            implements TargetRuntime {
        public ProcessRuntime {
            Path path = Path.of(Texts.requireLine("directory", directory));
            if (!path.isAbsolute() || !path.normalize().equals(path) || path.getNameCount() == 0) {
                throw new InvalidInputException(
                        "directory",
                        "\"" + Names.shown(directory) + "\" must be an absolute path below / without \"..\"");
            }
            // One spelling: "/srv/web/" and "/srv//web" are no places of their own.
            directory = path.toString();
            command = Texts.requireLines("command", command);
            if (command.isEmpty() || command.getFirst().isBlank()) {
                throw new InvalidInputException("command", "needs at least the program to start");
            }
        }

        @Override
        public String place() {
            return "directory " + directory;
        }
    }

    /** A container. An empty {@code command} means the image's command. */
    record DockerRuntime(
            @Field(
                    value = "The name of the container. No two targets of a node may share it.",
                    type = "up to 128 letters, digits, `_`, `.`, `-`")
            String container,

            @Field(
                    value = "Replaces the command of the image. May use ${version}, ${digest} and ${target}.",
                    otherwise = "the image's command")
            List<String> command,

            @Field(
                    value =
                            "TCP ports of the container that the node publishes, for example \"127.0.0.1:8201:8080\". Without an address:"
                                    + " 127.0.0.1.",
                    type = "list of `[ADDRESS:]HOST-PORT:CONTAINER-PORT`")
            List<PortMapping> ports,

            @Field(value = "Resource limits of the container.", otherwise = "no limits")
            Limits limits)
            implements TargetRuntime {
        private static final Pattern CONTAINER = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}");

        public DockerRuntime {
            if (!CONTAINER.matcher(container).matches()) {
                throw new InvalidInputException(
                        "container", "invalid container name \"" + Names.shown(container) + "\": for example api-1");
            }
            command = Texts.requireLines("command", command);
            ports = List.copyOf(ports);
            limits = Objects.requireNonNullElse(limits, Limits.NONE);
        }

        @Override
        public String place() {
            return "container " + container;
        }
    }

    /** {@code cpu} in cores, {@code memory} in bytes; null means no limit. */
    record Limits(
            @Field(value = "Cores.", min = "0.01", max = "1024", otherwise = "no limit") @Nullable
            Double cpu,

            @Field(value = "Memory, for example 256Mi.", form = Form.SIZE, min = "6Mi", otherwise = "no limit")
            @Nullable
            Long memory) {
        /** The least memory that a container engine accepts, in bytes. */
        public static final long LEAST_MEMORY = 6L << 20;

        public static final Limits NONE = new Limits(null, null);

        public Limits {
            if (cpu != null && !(cpu >= 0.01 && cpu <= 1024)) {
                throw new InvalidInputException("cpu", cpu + " must be from 0.01 to 1024 cores");
            }
            if (memory != null && memory < LEAST_MEMORY) {
                throw new InvalidInputException("memory", memory + " bytes is less than 6Mi");
            }
        }
    }
}
