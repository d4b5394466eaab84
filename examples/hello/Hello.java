import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Answers every request with the text of greeting.txt. */
class Hello {
    public static void main(String[] arguments) throws Exception {
        byte[] greeting = Files.readAllBytes(Path.of("greeting.txt"));
        int port = Integer.parseInt(arguments[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, greeting.length);
            exchange.getResponseBody().write(greeting);
            exchange.close();
        });
        server.start();
        System.out.println("serving on port " + port);
    }
}
