package dev.vestibule.gate;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.EmptyHttp2Headers;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// A client of HTTP/2 that sends just the frames that a test gives it, and gives no window but what
/// the test gives.
final class RawStreams implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    static final int NO_ERROR = 0;
    static final int PROTOCOL_ERROR = 1;
    static final int REFUSED_STREAM = 7;
    static final int CANCEL = 8;
    static final int ENHANCE_YOUR_CALM = 11;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int WAIT_MILLIS_MAX = 30_000;

    private final SSLSocket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder compression = new DefaultHttp2HeadersDecoder(false);

    /// A frame as it came.
    ///
    /// @param fields of HEADERS; of every other frame none
    // Frames are read and never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Frame(int type, int flags, int stream, byte[] payload, Http2Headers fields) {

        boolean isEnd() {
            return type <= HEADERS && (flags & END_STREAM) != 0;
        }

        /// Of RST_STREAM and GOAWAY.
        int error() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }
    }

    /// What became of a stream.
    ///
    /// @param error of the RST_STREAM that ended it, or -1
    record Answer(int status, Http2Headers fields, String body, int error) {

        Optional<String> header(String name) {
            return Optional.ofNullable(fields.get(name)).map(CharSequence::toString);
        }
    }

    /// A connection that has said its settings.
    static RawStreams open(TestGate gate, SSLContext context, int... settings) throws IOException {
        return open(
                gate, new Socket(InetAddress.getLoopbackAddress(), gate.port()), context, settings);
    }

    /// As [#open(TestGate, SSLContext, int...)], from this address of this machine.
    static RawStreams openFrom(String address, TestGate gate, SSLContext context)
            throws IOException {
        InetAddress from = InetAddress.ofLiteral(address);
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), gate.port(), from, 0);
        return open(gate, plain, context);
    }

    private static RawStreams open(TestGate gate, Socket plain, SSLContext context, int... settings)
            throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(plain, "localhost", gate.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(WAIT_MILLIS_MAX);
        socket.setTcpNoDelay(true);
        socket.startHandshake();
        RawStreams streams = new RawStreams(socket);
        socket.getOutputStream().write(PREFACE.getBytes(StandardCharsets.US_ASCII));
        ByteBuffer said = ByteBuffer.allocate(settings.length * 3);
        for (int i = 0; i < settings.length; i += 2) {
            said.putShort((short) settings[i]).putInt(settings[i + 1]);
        }
        return streams.send(SETTINGS, 0, 0, said.array());
    }

    private RawStreams(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    RawStreams send(int type, int flags, int stream, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        return sendBytes(frame.array());
    }

    synchronized RawStreams sendBytes(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// Like [#send], for frames that may be refused while they are under way.
    boolean trySend(int type, int flags, int stream, byte[] payload) {
        try {
            send(type, flags, stream, payload);
            return true;
        } catch (UncheckedIOException refused) {
            return false;
        }
    }

    RawStreams data(int stream, boolean isLast, String text) {
        return send(
                DATA, isLast ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawStreams window(int stream, int bytes) {
        return send(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
    }

    RawStreams reset(int stream) {
        return send(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
    }

    /// Opens a stream.
    ///
    /// @param fields names and values, one after the other
    RawStreams open(int stream, boolean isOver, String... fields) {
        return send(HEADERS, END_HEADERS | (isOver ? END_STREAM : 0), stream, block(fields));
    }

    /// A GET with Ada's access token.
    RawStreams get(int stream, String path, String... more) {
        return request(stream, true, "GET", path, more);
    }

    /// A request with Ada's access token.
    RawStreams request(int stream, boolean isOver, String method, String path, String... more) {
        String[] all = new String[10 + more.length];
        String[] usual = {
            ":method",
            method,
            ":scheme",
            "https",
            ":path",
            path,
            ":authority",
            TestGate.HOST,
            "authorization",
            "Bearer access-ada"
        };
        System.arraycopy(usual, 0, all, 0, usual.length);
        System.arraycopy(more, 0, all, usual.length, more.length);
        return open(stream, isOver, all);
    }

    /// A header block of literals that no table keeps (RFC 7541 section 6.2.2), so that a test sees
    /// its own bytes on the wire.
    static byte[] block(String... fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0);
            text(block, fields[i]);
            text(block, fields[i + 1]);
        }
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            while (rest >= 128) {
                block.write((rest & 127) | 128);
                rest >>= 7;
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /// The next frame.
    ///
    /// @throws EOFException at the end of the connection
    Frame read() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[length];
        in.readFully(payload);
        if (type == SETTINGS && flags == 0) {
            trySend(SETTINGS, ACK, 0, new byte[0]);
        }
        // The compression is that of the connection, so that no head may be left out.
        return new Frame(
                type,
                flags,
                stream,
                payload,
                type == HEADERS ? decode(stream, payload) : EmptyHttp2Headers.INSTANCE);
    }

    /// The next frame of one kind.
    Frame read(int type) throws IOException {
        Frame frame = read();
        while (frame.type() != type) {
            frame = read();
        }
        return frame;
    }

    /// The error of the GOAWAY that ends the connection; -1 where it ends without.
    int farewell() throws IOException {
        try {
            return read(GOAWAY).error();
        } catch (EOFException | SocketException | SSLException gone) {
            return -1;
        }
    }

    /// Reads until the stream is over. What belongs to others falls.
    Answer answer(int stream) throws IOException {
        Http2Headers head = EmptyHttp2Headers.INSTANCE;
        StringBuilder body = new StringBuilder();
        int error = -1;
        boolean isOver = false;
        while (!isOver) {
            Frame frame = read();
            if (frame.type() == GOAWAY) {
                throw new IOException("the connection ends with error " + frame.error());
            }
            if (frame.stream() != stream) {
                continue;
            }
            switch (frame.type()) {
                case HEADERS -> head = frame.fields();
                case DATA -> body.append(new String(frame.payload(), StandardCharsets.ISO_8859_1));
                case RST_STREAM -> error = frame.error();
                default -> {}
            }
            isOver = frame.isEnd() || error >= 0;
        }
        CharSequence status = head.status();
        return new Answer(
                status == null ? 0 : Integer.parseInt(status.toString()),
                head,
                body.toString(),
                error);
    }

    private Http2Headers decode(int stream, byte[] block) throws IOException {
        try {
            return compression.decodeHeaders(stream, Unpooled.wrappedBuffer(block));
        } catch (Http2Exception unreadable) {
            throw new IOException(unreadable);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
