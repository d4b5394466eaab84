package dev.slipway.api.problem;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import dev.slipway.workflows.UnreadablePayloadException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.server.ResponseStatusException;

/** Answers with a problem document whatever a controller throws. */
@RestControllerAdvice
class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final ProblemWriter writer;

    ProblemAdvice(ProblemWriter writer) {
        this.writer = writer;
    }

    @ExceptionHandler
    void answer(Exception e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (e instanceof AsyncRequestNotUsableException) {
            return;
        }
        if (e instanceof ErrorResponse refused) {
            refused.getHeaders().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
        }
        writer.write(response, problem(e, request));
    }

    private static Problem problem(Exception e, HttpServletRequest request) {
        return switch (e) {
            case SlipwayException refused when refused.type() != FailureType.INTERNAL -> Problem.of(refused);
            case HttpMessageNotReadableException unreadable -> Unreadable.problem(unreadable);
            case MethodArgumentTypeMismatchException mismatch ->
                Problem.of(
                        FailureType.INVALID_INPUT,
                        mismatch.getName() + ": \"" + Names.shown(String.valueOf(mismatch.getValue()))
                                + "\" is malformed",
                        mismatch.getName());
            case UnreadablePayloadException unreadable ->
                Problem.of(FailureType.PAYLOAD_UNREADABLE, String.valueOf(unreadable.getMessage()), null);
            case MaxUploadSizeExceededException _ ->
                Problem.of(FailureType.TOO_LARGE, "The form exceeds the size limit; send a smaller one", null);
            case MultipartException broken ->
                Outage.problem(broken)
                        .orElseGet(() -> Problem.of(
                                FailureType.INVALID_INPUT, "body: incomplete or malformed multipart form", "body"));
            case InvalidParameterException _ ->
                Problem.of(
                        FailureType.INVALID_INPUT, "query: malformed; expected name=value pairs joined by &", "query");
            case MissingRequestHeaderException missing ->
                Problem.of(
                        FailureType.INVALID_INPUT,
                        missing.getHeaderName() + ": the header is missing",
                        missing.getHeaderName());
            case ErrorResponse http -> Problem.of(status(http), detail(e, request));
            default -> Outage.problem(e).orElseGet(() -> unexpected(e, request));
        };
    }

    private static Problem unexpected(Exception e, HttpServletRequest request) {
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return Problem.of(FailureType.INTERNAL, "Internal error; see the server's log", null);
    }

    private static HttpStatus status(ErrorResponse e) {
        HttpStatus status = HttpStatus.resolve(e.getStatusCode().value());
        return status == null ? HttpStatus.BAD_REQUEST : status;
    }

    private static String detail(Exception e, HttpServletRequest request) {
        String route = request.getMethod() + " " + Names.shown(request.getRequestURI());
        return switch (e) {
            case HttpRequestMethodNotSupportedException method ->
                route + " is not supported; allowed: "
                        + String.join(
                                ", ",
                                method.getSupportedMethods() == null
                                        ? new String[] {"nothing"}
                                        : method.getSupportedMethods());
            case HttpMediaTypeNotSupportedException type ->
                route + " does not support this Content-Type; supported: " + type.getSupportedMediaTypes();
            case HttpMediaTypeNotAcceptableException type ->
                route + " cannot produce the media type in Accept; supported: " + type.getSupportedMediaTypes();
            case ResponseStatusException told when told.getReason() != null -> told.getReason();
            default -> route + " does not exist";
        };
    }
}
