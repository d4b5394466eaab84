package dev.slipway.server.standalone;

import dev.slipway.server.ServerApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;

/** The server of the stack: API and worker, in this process. */
final class Server {
    private static final int LINES_SHOWN = 15;

    private final DataDirectory data;
    private final LogFile log;
    private final int port;
    private final Map<String, String> settings;
    private long logStart;
    private @Nullable ConfigurableApplicationContext context;

    Server(DataDirectory data, int port, Map<String, String> settings) {
        this.data = data;
        this.log = new LogFile(data.log("server"));
        this.port = port;
        this.settings = Map.copyOf(settings);
    }

    Map<String, String> settings() {
        return settings;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Returns when it serves. Most of its start needs no database: {@code awaitDatabase} is called where the rest begins. */
    void start(Runnable awaitDatabase) throws IOException {
        logStart = log.size();
        String[] arguments = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        try {
            context = ServerApplication.application()
                    .initializers(starting ->
                            starting.getBeanFactory().addBeanPostProcessor(new DatabaseFirst(awaitDatabase)))
                    .registerShutdownHook(false)
                    .run(arguments);
        } catch (RuntimeException e) {
            throw causes(e)
                    .filter(StackException.class::isInstance)
                    .map(StackException.class::cast)
                    .findFirst()
                    .orElseGet(() -> new StackException("The server did not start." + lastWords(), e));
        }
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** That it takes our token tells it from another server that was quicker to take the port. */
    boolean isReady() {
        return Http.status(url() + "/actuator/health/readiness", "") == Http.OK
                && ask("/api/nodes").status() == Http.OK;
    }

    /** Whether it has heard of the agent of {@code node} lately. */
    boolean knows(String node) {
        Http.Answer answer = ask("/api/nodes/" + node);
        return answer.status() == Http.OK && answer.body().replace(" ", "").contains("\"online\":true");
    }

    private Http.Answer ask(String path) {
        try {
            return Http.get(url() + path, Files.readString(data.token()).strip());
        } catch (IOException e) {
            return new Http.Answer(Http.NONE, "");
        }
    }

    /** What it logged last. */
    String lastWords() {
        return log.lastWords(LINES_SHOWN, logStart);
    }

    void stop() {
        if (context != null) {
            context.close();
        }
    }

    /** Holds the start up where the first bean is made that uses the database. */
    private record DatabaseFirst(Runnable await) implements BeanPostProcessor {
        @Override
        public Object postProcessBeforeInitialization(Object bean, String name) {
            if (bean instanceof DataSource) {
                await.run();
            }
            return bean;
        }
    }
}
