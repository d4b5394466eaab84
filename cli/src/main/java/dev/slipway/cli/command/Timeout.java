package dev.slipway.cli.command;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the duration of an option. */
public final class Timeout implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        try {
            return Durations.parse("duration", text);
        } catch (InvalidInputException e) {
            throw new TypeConversionException("invalid duration \"" + text + "\": for example 90s, 10m or 1h");
        }
    }
}
