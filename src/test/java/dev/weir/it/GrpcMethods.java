package dev.weir.it;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The methods of a gRPC service whose messages are plain bytes, so that no code is generated for it. */
final class GrpcMethods {
    /** Gives the message back. */
    static final MethodDescriptor<byte[], byte[]> ECHO = method("echo", MethodType.UNARY);
    /** Gives one message, with all bytes of those that came. */
    static final MethodDescriptor<byte[], byte[]> JOIN = method("join", MethodType.CLIENT_STREAMING);
    /** Gives a message of one byte for each byte of the one that came. */
    static final MethodDescriptor<byte[], byte[]> SPLIT = method("split", MethodType.SERVER_STREAMING);
    /** Greets, and gives each message back as it comes. */
    static final MethodDescriptor<byte[], byte[]> CHAT = method("chat", MethodType.BIDI_STREAMING);
    /** Fails at once, with no message. */
    static final MethodDescriptor<byte[], byte[]> FAIL = method("fail", MethodType.UNARY);
    /** Never answers. */
    static final MethodDescriptor<byte[], byte[]> HANG = method("hang", MethodType.UNARY);

    /** The prefix of the route, which for a client is a part of the service's name. */
    static final String PREFIX = "g";

    private GrpcMethods() {}

    private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
        return MethodDescriptor.<byte[], byte[]>newBuilder(new Bytes(), new Bytes())
                .setFullMethodName(MethodDescriptor.generateFullMethodName("dev.weir.Test", name))
                .setType(type)
                .build();
    }

    /** As a client calls it that goes through Weir. */
    static MethodDescriptor<byte[], byte[]> through(MethodDescriptor<byte[], byte[]> method) {
        return method.toBuilder()
                .setFullMethodName(PREFIX + "/" + method.getFullMethodName())
                .build();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream message) {
            try {
                return message.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
