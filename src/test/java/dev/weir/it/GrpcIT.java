package dev.weir.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** gRPC through the launcher: a client and a server as users have them, in clear text and over TLS at both ends. */
@Conforms(title = "gRPC", to = "The gRPC protocol over HTTP/2; peers: trailers are lost (vert.x #132, Jetty, smiley)")
@FallsShort(
        in = {Home.JETTY, Home.TOMCAT_11, Home.TOMCAT_10_1},
        why = "TLS and HTTP/2 towards clients are the container's business")
class GrpcIT {
    private static final int PATIENCE_SECONDS = 20;
    private static final byte[] DONE = "(done)".getBytes(US_ASCII);

    enum Way {
        CLEAR,
        TLS;

        private GrpcServer server;
        private RunningWeir weir;
        private ManagedChannel channel;

        private void start() throws SSLException {
            server = this == TLS ? GrpcServer.secure() : GrpcServer.clear();
            Deployment deployment = Deployment.of(RouteSpec.to("/" + GrpcMethods.PREFIX, server.uri()))
                    .shared("upstreamCa", SuiteCertificates.trusted().toString())
                    .jvmArgs("-Xmx256m");
            if (this == TLS) {
                deployment = deployment
                        .homeSetting("tls-cert", SuiteCertificates.TRUSTED.pem().toString())
                        .homeSetting("tls-key", SuiteCertificates.TRUSTED.key().toString());
            }
            weir = Home.LAUNCHER.start(deployment);
            NettyChannelBuilder builder = NettyChannelBuilder.forAddress(weir.host(), weir.port());
            channel = this == TLS
                    ? builder.sslContext(GrpcSslContexts.forClient()
                                    .trustManager(
                                            SuiteCertificates.TRUSTED.pem().toFile())
                                    .build())
                            .build()
                    : builder.usePlaintext().build();
        }

        private void stop() {
            if (weir != null) {
                channel.shutdownNow();
                weir.close();
                server.close();
            }
        }

        private ClientCall<byte[], byte[]> call(MethodDescriptor<byte[], byte[]> method, CallOptions options) {
            return channel.newCall(GrpcMethods.through(method), options);
        }

        private ClientCall<byte[], byte[]> call(MethodDescriptor<byte[], byte[]> method) {
            return call(method, CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
    }

    @BeforeAll
    static void start() throws SSLException {
        assumeThat(ChosenHomes.all()).contains(Home.LAUNCHER);
        for (Way way : Way.values()) {
            way.start();
        }
    }

    @AfterAll
    static void stop() {
        Arrays.stream(Way.values()).forEach(Way::stop);
    }

    @AfterEach
    void nothingIsLeft() {
        Leaks.nothingIsHeld(Way.CLEAR.weir);
    }

    /** What the server sends, and how it ended. */
    private static final class Answers implements StreamObserver<byte[]> {
        private final BlockingQueue<byte[]> all = new LinkedBlockingQueue<>();

        @Override
        public void onNext(byte[] message) {
            all.add(message);
        }

        @Override
        public void onError(Throwable failure) {
            all.add(Status.fromThrowable(failure).getCode().name().getBytes(US_ASCII));
        }

        @Override
        public void onCompleted() {
            all.add(DONE);
        }

        private String next() throws InterruptedException {
            byte[] next = all.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("an answer in time").isNotNull();
            return new String(next, US_ASCII);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUnaryCallIsAnswered(Way way) {
        for (int i = 0; i < 20; i++) {
            byte[] message = ("ping " + i).getBytes(US_ASCII);
            assertThat(ClientCalls.blockingUnaryCall(way.call(GrpcMethods.ECHO), message))
                    .isEqualTo(message);
        }
        assertThat(ClientCalls.blockingUnaryCall(way.call(GrpcMethods.ECHO), new byte[0]))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aMessageOfAMebibyteComesBackWhole(Way way) {
        byte[] message = new byte[1 << 20];
        new Random(7).nextBytes(message);
        assertThat(ClientCalls.blockingUnaryCall(way.call(GrpcMethods.ECHO), message))
                .isEqualTo(message);
    }

    @ParameterizedTest
    @EnumSource
    void aClientStreamsItsMessages(Way way) throws InterruptedException {
        Answers answers = new Answers();
        StreamObserver<byte[]> requests = ClientCalls.asyncClientStreamingCall(way.call(GrpcMethods.JOIN), answers);
        for (String part : new String[] {"a", "b", "", "cd"}) {
            requests.onNext(part.getBytes(US_ASCII));
        }
        requests.onCompleted();
        assertThat(answers.next()).isEqualTo("abcd");
        assertThat(answers.next()).isEqualTo("(done)");
    }

    @ParameterizedTest
    @EnumSource
    void aServerStreamsItsMessages(Way way) {
        byte[] asked = "many small ones".repeat(100).getBytes(US_ASCII);
        ByteArrayOutputStream answered = new ByteArrayOutputStream();
        Iterator<byte[]> answers = ClientCalls.blockingServerStreamingCall(way.call(GrpcMethods.SPLIT), asked);
        answers.forEachRemaining(answered::writeBytes);
        assertThat(answered.toByteArray()).isEqualTo(asked);
    }

    @ParameterizedTest
    @EnumSource
    void bothStreamAndEachAnswerComesBeforeTheNextMessage(Way way) throws InterruptedException {
        Answers answers = new Answers();
        StreamObserver<byte[]> requests = ClientCalls.asyncBidiStreamingCall(way.call(GrpcMethods.CHAT), answers);
        assertThat(answers.next()).as("before any message of the client").isEqualTo("hello");
        for (int i = 0; i < 50; i++) {
            String message = "message " + i;
            requests.onNext(message.getBytes(US_ASCII));
            assertThat(answers.next()).isEqualTo(message);
        }
        requests.onCompleted();
        assertThat(answers.next()).isEqualTo("(done)");
    }

    @ParameterizedTest
    @EnumSource
    void anErrorsStatusAndItsDetailReachTheClient(Way way) {
        StatusRuntimeException failure = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> ClientCalls.blockingUnaryCall(way.call(GrpcMethods.FAIL), new byte[1]));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(failure.getStatus().getDescription()).isEqualTo("not so, 100 % sure");
        assertThat(failure.getTrailers().get(GrpcServer.DETAIL)).isEqualTo("as asked");
    }

    @ParameterizedTest
    @EnumSource
    void aMethodThatIsNotThereIsUnimplemented(Way way) {
        MethodDescriptor<byte[], byte[]> none = GrpcMethods.ECHO.toBuilder()
                .setFullMethodName("dev.weir.Test/none")
                .build();
        StatusRuntimeException failure = catchThrowableOfType(
                StatusRuntimeException.class, () -> ClientCalls.blockingUnaryCall(way.call(none), new byte[1]));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @ParameterizedTest
    @EnumSource
    void aDeadlineReachesTheServer(Way way) throws InterruptedException {
        CallOptions hurried = CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.SECONDS);
        StatusRuntimeException failure = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> ClientCalls.blockingUnaryCall(way.call(GrpcMethods.HANG, hurried), new byte[1]));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(way.server.hanging.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("hang");
        assertThat(way.server.cancelled.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("hang");
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatIsCancelledIsCancelledAtTheServer(Way way) throws InterruptedException {
        ClientCall<byte[], byte[]> call = way.call(GrpcMethods.CHAT);
        Answers answers = new Answers();
        ClientCalls.asyncBidiStreamingCall(call, answers);
        assertThat(answers.next()).isEqualTo("hello");
        call.cancel("enough", null);
        assertThat(answers.next()).isEqualTo("CANCELLED");
        assertThat(way.server.cancelled.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("chat");
    }
}
