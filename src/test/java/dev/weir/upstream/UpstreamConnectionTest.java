package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ServerCertificate;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upstream says that was not asked for. */
class UpstreamConnectionTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone";

    /** The upstream has all of the request and answers, before whoever has sent it comes to say so. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged",
                "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nfor",
                "HTTP/1.1 2",
            })
    void whatComesBehindAResponseWhoseRequestIsNotOverEndsTheConnection(String more) throws Exception {
        try (Origin origin = new Origin();
                UpstreamClient client = OneUpstream.client(origin)) {
            Answer answer = new Answer();
            CountDownLatch sent = new CountDownLatch(1);
            AsyncRequestContent body = new AsyncRequestContent();
            UpstreamRequest request = client.newRequest(OneUpstream.url(origin), "POST", "/");
            request.body(body).send(answer);
            Thread sender = new Thread(
                    () -> body.write(true, ByteBuffer.wrap(new byte[3]), Callback.from(() -> waitFor(sent))));
            sender.start();
            OriginConnection connection = origin.accept();
            connection.receiveRequest();
            connection.send(ANSWER);
            answer.last.get(10, TimeUnit.SECONDS);
            connection.send(more);
            await().until(() -> isNoticed(request, ANSWER.length() + more.length()));
            sent.countDown();
            Result result = answer.over.get(10, TimeUnit.SECONDS);
            assertThat(result.isSucceeded()).isTrue();
            assertThat(result.getResponse().getStatus()).isEqualTo(200);
            assertThat(connection.awaitClosed()).isTrue();
            sender.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 100 Continue\r\n\r\n", ANSWER, "HTTP/1.1 2", "junk"})
    void whatComesBetweenTwoExchangesEndsTheConnection(String more) throws Exception {
        try (Origin origin = new Origin();
                UpstreamClient client = OneUpstream.client(origin)) {
            Answer answer = new Answer();
            client.newRequest(OneUpstream.url(origin), "GET", "/").send(answer);
            OriginConnection connection = origin.accept();
            connection.receiveRequest();
            connection.send(ANSWER);
            answer.over.get(10, TimeUnit.SECONDS);
            connection.send(more);
            assertThat(connection.awaitClosed()).isTrue();
        }
    }

    /** Over TLS the response and what follows are read at once, and decrypted one after the other. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 100 Continue\r\n\r\n", ANSWER, "HTTP/1.1 2", "junk"})
    void whatComesInTheNextRecordEndsTheConnection(String more, @TempDir Path folder) throws Exception {
        ServerCertificate certificate = ServerCertificate.issue(folder);
        try (Origin origin = new Origin(certificate.context());
                UpstreamClient client = OneUpstream.client(
                        origin, Map.of("weir.upstreamCa", certificate.pem().toString()))) {
            Answer answer = new Answer();
            answer.mayRead = new CountDownLatch(1);
            client.newRequest(OneUpstream.url(origin), "GET", "/").send(answer);
            OriginConnection connection = origin.accept();
            connection.receiveRequest();
            connection.send(ANSWER.substring(0, ANSWER.length() - 2));
            answer.begun.get(10, TimeUnit.SECONDS);
            connection.send(ANSWER.substring(ANSWER.length() - 2));
            connection.send(more);
            answer.mayRead.countDown();
            assertThat(answer.over.get(10, TimeUnit.SECONDS).isSucceeded()).isTrue();
            assertThat(connection.awaitClosed()).isTrue();
        }
    }

    /** Nothing says that there is no more: what was read is all that there was room for. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 100 Continue\r\n\r\n", ANSWER, "HTTP/1.1 2", "junk"})
    void whatComesWithAResponseThatFillsTheBufferEndsTheConnection(String more) throws Exception {
        try (Origin origin = new Origin();
                UpstreamClient client = OneUpstream.client(origin)) {
            int room = client.jetty().getResponseBufferSize();
            String head = "HTTP/1.1 200 OK\r\nX: a\r\n";
            String length = "Content-Length: ";
            int body = room - head.length() - length.length() - 5 - 4;
            Answer answer = new Answer();
            client.newRequest(OneUpstream.url(origin), "GET", "/").send(answer);
            OriginConnection connection = origin.accept();
            connection.receiveRequest();
            connection.send(head + length + body + "\r\n\r\n" + "x".repeat(body) + more);
            assertThat(answer.over.get(10, TimeUnit.SECONDS).isSucceeded()).isTrue();
            assertThat(connection.awaitClosed()).isTrue();
        }
    }

    /** Whether so many bytes were read, or the connection serves nobody else. */
    private static boolean isNoticed(UpstreamRequest request, long bytes) {
        Connection connection = (Connection) request.getConnection();
        return connection.getBytesIn() == bytes || Pooled.of(request.getConnection()).saysTooMuch;
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads a response to its last byte. */
    private static final class Answer implements Response.Listener {
        final CompletableFuture<Response> last = new CompletableFuture<>();
        final CompletableFuture<Result> over = new CompletableFuture<>();
        final CompletableFuture<Response> begun = new CompletableFuture<>();
        CountDownLatch mayRead = new CountDownLatch(0);

        @Override
        public void onContentSource(Response response, Content.Source source) {
            begun.complete(response);
            waitFor(mayRead);
            Content.Source.consumeAll(
                    source, Callback.from(() -> last.complete(response), last::completeExceptionally));
        }

        @Override
        public void onComplete(Result result) {
            over.complete(result);
        }
    }
}
