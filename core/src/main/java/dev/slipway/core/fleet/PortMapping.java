package dev.slipway.core.fleet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.core.input.Ports;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code [address:]hostPort:containerPort}; the address is 127.0.0.1 unless it is given. TCP only. */
public record PortMapping(String address, int hostPort, int containerPort) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Pattern FORM = Pattern.compile("(?:(\\d{1,3}(?:\\.\\d{1,3}){3}):)?(\\d{1,5}):(\\d{1,5})");

    /** Reads the notation above, or fails naming {@code field}. */
    public static PortMapping parse(String field, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    field,
                    "invalid port mapping \"" + Names.shown(text)
                            + "\": expected [ADDRESS:]HOST-PORT:CONTAINER-PORT, for example 127.0.0.1:8201:8080");
        }
        String address = matcher.group(1) == null ? LOOPBACK : matcher.group(1);
        for (String octet : address.split("\\.", -1)) {
            if (Integer.parseInt(octet) > 255) {
                throw new InvalidInputException(field, "invalid IPv4 address \"" + address + "\"");
            }
        }
        return new PortMapping(
                address,
                Ports.requirePort(field, Integer.parseInt(matcher.group(2))),
                Ports.requirePort(field, Integer.parseInt(matcher.group(3))));
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static PortMapping fromJson(String text) {
        return parse("ports", text);
    }

    @JsonValue
    @Override
    public String toString() {
        return address + ":" + hostPort + ":" + containerPort;
    }
}
