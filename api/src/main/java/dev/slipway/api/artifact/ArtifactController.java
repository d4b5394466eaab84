package dev.slipway.api.artifact;

import dev.slipway.api.problem.Fails;
import dev.slipway.api.problem.ProblemWriter;
import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.artifact.StoredArtifact;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/artifacts/{digest}")
class ArtifactController {
    static final String OFFSET = "Upload-Offset";
    static final String LENGTH = "Upload-Length";

    private static final String RANGE_PATTERN = "bytes=([0-9]{1,18})-";
    private static final Pattern RANGE = Pattern.compile(RANGE_PATTERN);

    private final ArtifactStore artifacts;
    private final Uploads uploads;
    private final ProblemWriter problems;

    ArtifactController(ArtifactStore artifacts, Uploads uploads, ProblemWriter problems) {
        this.artifacts = artifacts;
        this.uploads = uploads;
        this.problems = problems;
    }

    @Operation(operationId = "getUpload", summary = "Upload progress of an archive")
    @Fails(FailureType.UNKNOWN_ARTIFACT)
    @ApiResponse(
            responseCode = "200",
            description = "The archive exists or its upload has begun",
            headers = {
                @Header(
                        name = ArtifactController.OFFSET,
                        required = true,
                        description = "Bytes that have arrived",
                        schema = @Schema(type = "integer", format = "int64")),
                @Header(
                        name = ArtifactController.LENGTH,
                        required = true,
                        description = "Size of the whole archive in bytes",
                        schema = @Schema(type = "integer", format = "int64"))
            })
    @RequestMapping(method = RequestMethod.HEAD)
    ResponseEntity<Void> head(@PathVariable Digest digest) {
        StoredArtifact artifact = find(digest);
        return ResponseEntity.ok()
                .header(OFFSET, String.valueOf(artifact.uploaded()))
                .header(LENGTH, String.valueOf(artifact.size()))
                .build();
    }

    @Operation(operationId = "uploadArtifact", summary = "Append bytes to an archive; it is verified once complete")
    @Fails(
            value = {
                FailureType.UNSAFE_ARCHIVE,
                FailureType.ARCHIVE_TOO_LARGE,
                FailureType.DIGEST_MISMATCH,
                FailureType.ARTIFACT_UNAVAILABLE
            },
            statuses = HttpStatus.CONFLICT,
            unprocessable = true)
    @ApiResponse(
            responseCode = "204",
            description = "Added",
            headers =
                    @Header(
                            name = ArtifactController.OFFSET,
                            required = true,
                            description = "Bytes that have arrived",
                            schema = @Schema(type = "integer", format = "int64")))
    @ApiResponse(
            responseCode = "409",
            headers =
                    @Header(
                            name = ArtifactController.OFFSET,
                            required = true,
                            description = "Bytes that have arrived",
                            schema = @Schema(type = "integer", format = "int64")))
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @PatchMapping(consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<Void> patch(
            @PathVariable Digest digest,
            @Parameter(schema = @Schema(type = "integer", format = "int64", minimum = "0")) @RequestHeader(OFFSET)
                    long offset,
            @Parameter(schema = @Schema(type = "integer", format = "int64", minimum = "1")) @RequestHeader(LENGTH)
                    long length,
            @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        if (length <= 0) {
            throw new InvalidInputException(LENGTH, length + " must be 1 or more: an archive cannot be empty");
        }
        if (offset < 0) {
            throw new InvalidInputException(OFFSET, offset + " must be 0 or more");
        }
        if (offset > length) {
            throw new UnprocessableException(
                    OFFSET, OFFSET + ": " + offset + " must be from 0 to " + LENGTH + ", which is " + length);
        }
        long arrived = uploads.add(digest, offset, length, request.getInputStream());
        return ResponseEntity.noContent()
                .header(OFFSET, String.valueOf(arrived))
                .build();
    }

    @ExceptionHandler
    void elsewhere(OffsetException e, HttpServletResponse response) throws IOException {
        response.setHeader(OFFSET, String.valueOf(e.offset()));
        problems.write(response, HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
    }

    @Operation(operationId = "getArtifact", summary = "Download an archive, optionally from an offset")
    @Fails(
            value = {FailureType.UNKNOWN_ARTIFACT, FailureType.ARTIFACT_UNAVAILABLE},
            statuses = HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
    @ApiResponse(
            responseCode = "200",
            description = "The whole archive",
            headers =
                    @Header(
                            name = HttpHeaders.ACCEPT_RANGES,
                            description = "bytes",
                            required = true,
                            schema = @Schema(type = "string")),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(
            responseCode = "206",
            description = "The archive from the offset of Range",
            headers = {
                @Header(
                        name = HttpHeaders.ACCEPT_RANGES,
                        description = "bytes",
                        required = true,
                        schema = @Schema(type = "string")),
                @Header(
                        name = HttpHeaders.CONTENT_RANGE,
                        description = "bytes FROM-TO/SIZE",
                        required = true,
                        schema = @Schema(type = "string"))
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(
            responseCode = "416",
            headers =
                    @Header(
                            name = HttpHeaders.CONTENT_RANGE,
                            description = "bytes */SIZE",
                            required = true,
                            schema = @Schema(type = "string")))
    @GetMapping(produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    void get(
            @PathVariable Digest digest,
            @Parameter(schema = @Schema(pattern = RANGE_PATTERN))
                    @RequestHeader(name = HttpHeaders.RANGE, required = false)
                    @Nullable
                    String range,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        StoredArtifact artifact = find(digest);
        if (!artifact.complete()) {
            throw unknown(digest);
        }
        long from = from(range);
        if (from >= artifact.size()) {
            // Whoever has every byte already, and lost the answer, is told apart from whoever asks wrongly.
            response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + artifact.size());
            problems.write(
                    response,
                    HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                    "Archive " + digest + " has " + artifact.size() + " bytes; offset " + from + " is out of range");
            return;
        }
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setContentLengthLong(artifact.size() - from);
        if (range != null) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader(
                    HttpHeaders.CONTENT_RANGE, "bytes " + from + "-" + (artifact.size() - 1) + "/" + artifact.size());
        }
        try (InputStream bytes = artifacts.open(digest, from, artifact.size())) {
            bytes.transferTo(response.getOutputStream());
        }
    }

    private static long from(@Nullable String range) {
        if (range == null) {
            return 0;
        }
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    HttpHeaders.RANGE, "invalid range \"" + Names.shown(range) + "\": expected \"bytes=N-\"");
        }
        return Long.parseLong(matcher.group(1));
    }

    private StoredArtifact find(Digest digest) {
        return artifacts.find(digest).orElseThrow(() -> unknown(digest));
    }

    private static SlipwayException unknown(Digest digest) {
        return new SlipwayException(FailureType.UNKNOWN_ARTIFACT, "Archive " + digest + " has not been uploaded");
    }
}
