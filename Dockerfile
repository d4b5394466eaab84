# The programs of Slipway in one image: slipway-server (what it starts by default), slipway-agent and slipway.
# Build them first: ./slipway --version, or mvn package.
ARG BASE_IMAGE=eclipse-temurin:25-jdk
FROM ${BASE_IMAGE}

COPY cli/target/slipway-cli /opt/slipway/slipway-cli
COPY agent/target/slipway-agent /opt/slipway/slipway-agent
COPY server/target/slipway-server /opt/slipway/slipway-server

ENV PATH=/opt/slipway/slipway-server/bin:/opt/slipway/slipway-agent/bin:/opt/slipway/slipway-cli/bin:${PATH} \
    SERVER_ADDRESS=0.0.0.0 \
    SLIPWAY_CACHE=/opt/slipway/cache

# The AOT caches are made here, and not by each container at its start.
RUN export SLIPWAY_AOT=train && slipway-server && slipway-server health && slipway-agent && slipway
ENV SLIPWAY_AOT=ready

# Not the root of a base image; and a number, because base images know different names.
USER 10001:10001
EXPOSE 8400
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=3 CMD ["slipway-server", "health"]
ENTRYPOINT ["slipway-server"]
