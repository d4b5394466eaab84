package dev.slipway.activities.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.util.TemporaryBuffer;
import org.jspecify.annotations.Nullable;

/** One request and its answer. Timeouts, redirects and trust are settled by whoever made it, not by JGit. */
final class HttpExchange implements HttpConnection {
    // What fits in here is read at once, so that its connection serves the next request.
    private static final int READ_AT_ONCE = 64 << 10;

    private final URL url;
    private final CloseableHttpClient client;
    private final HttpConnections connections;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String method = "GET";
    private @Nullable TemporaryBuffer body;
    private @Nullable ClassicHttpResponse response;

    HttpExchange(URL url, CloseableHttpClient client, HttpConnections connections) {
        this.url = url;
        this.client = client;
        this.connections = connections;
    }

    private ClassicHttpResponse response() throws IOException {
        if (response == null) {
            ClassicRequestBuilder request = ClassicRequestBuilder.create(method).setUri(uri());
            headers.forEach(request::setHeader);
            response = sendOnce(request);
            connections.answered(response.getCode());
        }
        return response;
    }

    /** JGit answers other exceptions by trying again without the credential, and would then say that one is missing. */
    private ClassicHttpResponse sendOnce(ClassicRequestBuilder request) throws IOException {
        try {
            return send(request);
        } catch (SocketException | SSLHandshakeException | InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            SocketException failure = new SocketException(e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }

    private ClassicHttpResponse send(ClassicRequestBuilder builder) throws IOException {
        TemporaryBuffer sent = body;
        if (sent == null) {
            return client.executeOpen(null, builder.build(), HttpClientContext.create());
        }
        try (InputStream in = sent.openInputStream()) {
            ClassicHttpRequest request = builder.setEntity(new InputStreamEntity(in, sent.length(), null))
                    .build();
            return client.executeOpen(null, request, HttpClientContext.create());
        } finally {
            sent.destroy();
        }
    }

    private URI uri() throws IOException {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IOException("The address " + url + " cannot be requested", e);
        }
    }

    @Override
    public int getResponseCode() throws IOException {
        return response().getCode();
    }

    @Override
    public String getResponseMessage() throws IOException {
        return String.valueOf(response().getReasonPhrase());
    }

    @Override
    public InputStream getInputStream() throws IOException {
        HttpEntity entity = response().getEntity();
        if (entity == null) {
            return InputStream.nullInputStream();
        }
        InputStream in = entity.getContent();
        byte[] begin = in.readNBytes(READ_AT_ONCE);
        if (begin.length < READ_AT_ONCE) {
            in.close();
            return new ByteArrayInputStream(begin);
        }
        return new SequenceInputStream(new ByteArrayInputStream(begin), in);
    }

    @Override
    public OutputStream getOutputStream() {
        TemporaryBuffer sent = new TemporaryBuffer.LocalFile(null);
        body = sent;
        return sent;
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        if (response != null) {
            for (Header header : response.getHeaders()) {
                fields.computeIfAbsent(header.getName(), _ -> new ArrayList<>()).add(header.getValue());
            }
        }
        return fields;
    }

    @Override
    public List<String> getHeaderFields(String name) {
        return response == null
                ? List.of()
                : Arrays.stream(response.getHeaders(name)).map(Header::getValue).toList();
    }

    @Override
    public @Nullable String getHeaderField(String name) {
        List<String> values = getHeaderFields(name);
        return values.isEmpty() ? null : values.getLast();
    }

    @Override
    public @Nullable String getContentType() {
        return getHeaderField("Content-Type");
    }

    @Override
    public int getContentLength() {
        String length = getHeaderField("Content-Length");
        return length == null || !length.matches("\\d{1,9}") ? -1 : Integer.parseInt(length);
    }

    @Override
    public URL getURL() {
        return url;
    }

    @Override
    public String getRequestMethod() {
        return method;
    }

    @Override
    public void setRequestMethod(String method) {
        this.method = method;
    }

    @Override
    public void setRequestProperty(String key, String value) {
        headers.put(key, value);
    }

    @Override
    public void connect() throws IOException {
        response();
    }

    @Override
    public boolean usingProxy() {
        return false;
    }

    @Override
    public void setUseCaches(boolean usecaches) {
        // There are none.
    }

    @Override
    public void setConnectTimeout(int timeout) {
        // See HttpConnections.
    }

    @Override
    public void setReadTimeout(int timeout) {
        // See HttpConnections.
    }

    @Override
    public void setInstanceFollowRedirects(boolean followRedirects) {
        // JGit follows them by itself, and asks HttpConnections for each.
    }

    @Override
    public void setDoOutput(boolean dooutput) {
        // Told by getOutputStream.
    }

    @Override
    public void setFixedLengthStreamingMode(int contentLength) {
        // The length is known when it is sent.
    }

    @Override
    public void setChunkedStreamingMode(int chunklen) {
        // The length is known when it is sent.
    }

    @Override
    public void configure(KeyManager[] km, TrustManager[] tm, SecureRandom random) {
        throw new UnsupportedOperationException("Trust is not for JGit to settle");
    }

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {
        throw new UnsupportedOperationException("Trust is not for JGit to settle");
    }
}
