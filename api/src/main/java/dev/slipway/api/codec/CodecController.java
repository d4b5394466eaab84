package dev.slipway.api.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.slipway.api.problem.Fails;
import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.workflows.UnreadablePayloadException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.client.WorkflowClient;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The protocol of Temporal's codec servers, for {@code temporal --codec-endpoint} and Temporal's web UI. */
@RestController
class CodecController {
    private static final String PAYLOADS = "#/components/schemas/Payloads";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser();
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();

    private final UnaryOperator<List<Payload>> encode;
    private final UnaryOperator<List<Payload>> decode;

    CodecController(WorkflowClient client) {
        // Where payloads are not encrypted there is nothing to do.
        if (client.getOptions().getDataConverter() instanceof PayloadCodec codec) {
            this.encode = codec::encode;
            this.decode = codec::decode;
        } else {
            this.encode = UnaryOperator.identity();
            this.decode = UnaryOperator.identity();
        }
    }

    @Operation(operationId = "encodePayloads", summary = "Encrypt Temporal payloads")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(ref = PAYLOADS)))
    @Fails(unprocessable = true)
    @PostMapping(
            path = "/api/codec/encode",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    String encode(
            @RequestBody
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(ref = PAYLOADS)))
                    String body) {
        return code(body, encode);
    }

    @Operation(operationId = "decodePayloads", summary = "Decrypt Temporal payloads")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(ref = PAYLOADS)))
    @Fails(unprocessable = true)
    @PostMapping(
            path = "/api/codec/decode",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    String decode(
            @RequestBody
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(ref = PAYLOADS)))
                    String body) {
        return code(body, decode);
    }

    private static String code(String body, UnaryOperator<List<Payload>> coding) {
        Payloads.Builder payloads = Payloads.newBuilder();
        try {
            requireTexts(JSON.readTree(body));
            PARSER.merge(body, payloads);
            List<Payload> coded = coding.apply(payloads.getPayloadsList());
            return PRINTER.print(Payloads.newBuilder().addAllPayloads(coded));
        } catch (InvalidProtocolBufferException | JacksonException e) {
            throw new InvalidInputException("payloads", "must be Temporal payloads in JSON");
        } catch (PayloadCodecException | UnreadablePayloadException e) {
            throw new UnprocessableException(
                    "payloads", "payloads: cannot be decrypted; they were not encrypted with the key of this stack");
        }
    }

    // Protobuf's reader takes a number or a boolean for Base64.
    private static void requireTexts(JsonNode node) {
        if (node.isNumber() || node.isBoolean()) {
            throw new InvalidInputException("payloads", "must have strings in Base64 as values");
        }
        node.forEach(CodecController::requireTexts);
    }
}
