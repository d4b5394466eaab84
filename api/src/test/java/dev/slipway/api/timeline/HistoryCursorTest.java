package dev.slipway.api.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;

/** The test server passes over run ids and page tokens that Temporal's own server refuses. */
@ApiTest
@Import(HistoryCursorTest.AsTemporalAnswers.class)
@DirtiesContext
class HistoryCursorTest {
    @LocalServerPort
    private int port;

    @Test
    void refusesACursorThatTemporalDoesNotKnow() {
        Api api = Api.asOperator(port);
        api.apply("kind: Environment\nname: cursor\ntargets:\n"
                        + "  - {name: x, node: n, runtime: docker, component: c, container: cursor}")
                .expect(200);
        api.post(
                        "/api/releases",
                        "{\"name\":\"cursor\",\"version\":\"v1\",\"components\":[{\"name\":\"c\",\"image\":\"r.example/i:1\"}]}")
                .expect(201);
        String id = api.post("/api/deployments", "{\"release\":\"cursor@v1\",\"environment\":\"cursor\"}")
                .expect(202)
                .json()
                .path("id")
                .asString();

        Api.Answer refused = api.get("/api/deployments/" + id + "/history?cursor=x.AAAA");

        assertThat(refused.problem(400, "invalid-input")).startsWith("cursor: ");
    }

    static class AsTemporalAnswers {
        @Bean
        @Primary
        WorkflowClient clientOfATemporalThatChecks(TestWorkflowEnvironment temporal) {
            return WorkflowClient.newInstance(
                    WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                            .setChannel(temporal.getWorkflowServiceStubs().getRawChannel())
                            .setGrpcClientInterceptors(List.of(new RefusingHistories()))
                            .build()),
                    temporal.getWorkflowClient().getOptions());
        }
    }

    private static final class RefusingHistories implements ClientInterceptor {
        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return method.equals(WorkflowServiceGrpc.getGetWorkflowExecutionHistoryMethod())
                    ? new Refused<>()
                    : next.newCall(method, options);
        }
    }

    private static final class Refused<Q, A> extends ClientCall<Q, A> {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
            listener.onClose(Status.INVALID_ARGUMENT.withDescription("Invalid RunId."), new Metadata());
        }

        @Override
        public void request(int count) {}

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {}

        @Override
        public void halfClose() {}

        @Override
        public void sendMessage(Q message) {}
    }
}
