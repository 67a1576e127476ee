package dev.weir.it;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A gRPC server with {@link GrpcMethods}, as users have it. */
final class GrpcServer implements AutoCloseable {
    static final Metadata.Key<String> DETAIL = Metadata.Key.of("detail", Metadata.ASCII_STRING_MARSHALLER);

    /** The names of the calls that their clients have cancelled. */
    final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();

    /** Those that have begun and never answer. */
    final BlockingQueue<String> hanging = new LinkedBlockingQueue<>();

    private final Server server;
    private final boolean secure;

    private GrpcServer(NettyServerBuilder builder, boolean secure) {
        this.secure = secure;
        ServerServiceDefinition service = ServerServiceDefinition.builder("dev.weir.Test")
                .addMethod(GrpcMethods.ECHO, ServerCalls.asyncUnaryCall(GrpcServer::echo))
                .addMethod(GrpcMethods.JOIN, ServerCalls.asyncClientStreamingCall(GrpcServer::join))
                .addMethod(GrpcMethods.SPLIT, ServerCalls.asyncServerStreamingCall(GrpcServer::split))
                .addMethod(GrpcMethods.CHAT, ServerCalls.asyncBidiStreamingCall(this::chat))
                .addMethod(GrpcMethods.FAIL, ServerCalls.asyncUnaryCall(GrpcServer::fail))
                .addMethod(GrpcMethods.HANG, ServerCalls.asyncUnaryCall(this::hang))
                .build();
        try {
            server = builder.addService(service).build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GrpcServer clear() {
        return new GrpcServer(builder(), false);
    }

    static GrpcServer secure() {
        return new GrpcServer(
                builder()
                        .useTransportSecurity(
                                SuiteCertificates.TRUSTED.pem().toFile(),
                                SuiteCertificates.TRUSTED.key().toFile()),
                true);
    }

    private static NettyServerBuilder builder() {
        return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0));
    }

    URI uri() {
        return URI.create((secure ? "h2" : "h2c") + "://127.0.0.1:" + server.getPort());
    }

    private static void echo(byte[] message, StreamObserver<byte[]> answer) {
        answer.onNext(message);
        answer.onCompleted();
    }

    private static void split(byte[] message, StreamObserver<byte[]> answer) {
        for (byte each : message) {
            answer.onNext(new byte[] {each});
        }
        answer.onCompleted();
    }

    private static void fail(byte[] message, StreamObserver<byte[]> answer) {
        Metadata trailers = new Metadata();
        trailers.put(DETAIL, "as asked");
        answer.onError(
                Status.FAILED_PRECONDITION.withDescription("not so, 100 % sure").asRuntimeException(trailers));
    }

    private void hang(byte[] message, StreamObserver<byte[]> answer) {
        ((ServerCallStreamObserver<byte[]>) answer).setOnCancelHandler(() -> cancelled.add("hang"));
        hanging.add("hang");
    }

    private static StreamObserver<byte[]> join(StreamObserver<byte[]> answer) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        return new Receiver() {
            @Override
            public void onNext(byte[] message) {
                all.writeBytes(message);
            }

            @Override
            public void onCompleted() {
                answer.onNext(all.toByteArray());
                answer.onCompleted();
            }
        };
    }

    private StreamObserver<byte[]> chat(StreamObserver<byte[]> answer) {
        ((ServerCallStreamObserver<byte[]>) answer).setOnCancelHandler(() -> cancelled.add("chat"));
        answer.onNext("hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return new Receiver() {
            @Override
            public void onNext(byte[] message) {
                answer.onNext(message);
            }

            @Override
            public void onCompleted() {
                answer.onCompleted();
            }
        };
    }

    /** Hears of a cancelled call by its handler. */
    private abstract static class Receiver implements StreamObserver<byte[]> {
        @Override
        public void onError(Throwable cancelled) {}
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
