package dev.vestibule.app;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// A websocket by hand that takes messages of any length and keeps none: it counts them, and reads
/// only when it is told to. One thread.
final class CountingSocket implements AutoCloseable {

    private static final int MILLIS_MAX = 30_000;
    private static final int PIECE = 64 * 1024;
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final boolean isCompressed;

    /// A message of the other side, or its close frame.
    ///
    /// @param bytes of the text, inflated
    /// @param sha256 of the same, in hexadecimal
    /// @param text how it begins, or the reason of the close
    /// @param closeCode 0 where it is a message
    record Received(long bytes, String sha256, String text, int closeCode) {}

    private CountingSocket(Socket socket, boolean isCompressed) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), PIECE));
        this.out = new BufferedOutputStream(socket.getOutputStream(), PIECE);
        this.isCompressed = isCompressed;
    }

    /// @param server scheme, host and port
    /// @param isCompressed whether compression is asked for, and must be agreed to
    static CountingSocket open(URI server, boolean isCompressed) throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(MILLIS_MAX);
        CountingSocket opened = new CountingSocket(socket, isCompressed);
        opened.shakeHands(server);
        return opened;
    }

    private void shakeHands(URI server) throws IOException {
        String offer =
                isCompressed
                        ? "Sec-WebSocket-Extensions: permessage-deflate;"
                                + " server_no_context_takeover; client_no_context_takeover\r\n"
                        : "";
        out.write(
                ("GET /api/websocket HTTP/1.1\r\nHost: "
                                + server.getAuthority()
                                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + offer
                                + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        boolean isAgreed = head.toString().contains("permessage-deflate");
        if (!head.toString().startsWith("HTTP/1.1 101 ") || isAgreed != isCompressed) {
            throw new IOException("the handshake was answered with " + head);
        }
    }

    CountingSocket authenticate(String accessToken) throws IOException {
        expect("auth_required");
        send("{\"type\":\"auth\",\"access_token\":\"" + accessToken + "\"}");
        expect("auth_ok");
        return this;
    }

    private void expect(String type) throws IOException {
        Received message = receive();
        if (!message.text().contains(type)) {
            throw new IOException("not " + type + " but " + message);
        }
    }

    /// Sends one text message in one frame.
    void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] payload = isCompressed ? deflate(bytes) : bytes;
        out.write(isCompressed ? 0xC1 : 0x81);
        // RFC 6455 section 5.2; a mask of zeros is a mask.
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            out.write(0x80 | 126);
            out.write(ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            out.write(0x80 | 127);
            out.write(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        out.write(new byte[4]);
        out.write(payload);
        out.flush();
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(bytes);
        byte[] room = new byte[bytes.length + bytes.length / 100 + 1_000];
        int length = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(room, length - TAIL.length);
    }

    /// The next message that is no ping, or the close.
    Received receive() throws IOException {
        Counter counter = new Counter();
        boolean isDeflated = false;
        while (true) {
            int head = in.readUnsignedByte();
            long length = length();
            int opcode = head & 0x0F;
            if (opcode == 8) {
                byte[] goodbye = in.readNBytes((int) length);
                String reason = new String(goodbye, 2, goodbye.length - 2, StandardCharsets.UTF_8);
                return new Received(0, "", reason, ByteBuffer.wrap(goodbye).getShort());
            }
            if (opcode > 8) {
                in.skipNBytes(length);
                continue;
            }
            isDeflated |= (head & 0x40) != 0;
            take(length, isDeflated, counter);
            if ((head & 0x80) != 0) {
                if (isDeflated) {
                    counter.inflate(TAIL, TAIL.length);
                }
                return counter.received();
            }
        }
    }

    private long length() throws IOException {
        int first = in.readUnsignedByte();
        return switch (first) {
            case 126 -> in.readUnsignedShort();
            case 127 -> in.readLong();
            default -> first;
        };
    }

    private void take(long length, boolean isDeflated, Counter counter) throws IOException {
        byte[] piece = new byte[PIECE];
        for (long left = length; left > 0; ) {
            int count = in.read(piece, 0, (int) Math.min(left, piece.length));
            if (count < 0) {
                throw new IOException("the socket ended within a message");
            }
            left -= count;
            if (isDeflated) {
                counter.inflate(piece, count);
            } else {
                counter.count(piece, count);
            }
        }
    }

    /// What has come of one message.
    private static final class Counter {
        private static final int BEGINNING = 200;

        private final MessageDigest digest = sha256();
        private final Inflater inflater = new Inflater(true);
        private final StringBuilder beginning = new StringBuilder();
        private final byte[] room = new byte[PIECE];
        private long bytes;

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every JDK has SHA-256", impossible);
            }
        }

        private void inflate(byte[] piece, int count) throws IOException {
            inflater.setInput(piece, 0, count);
            try {
                for (int n = inflater.inflate(room); n > 0; n = inflater.inflate(room)) {
                    count(room, n);
                }
            } catch (DataFormatException broken) {
                throw new IOException("a message does not inflate", broken);
            }
        }

        private void count(byte[] piece, int count) {
            int wanted = Math.min(BEGINNING - beginning.length(), count);
            beginning.append(new String(piece, 0, Math.max(0, wanted), StandardCharsets.UTF_8));
            digest.update(piece, 0, count);
            bytes += count;
        }

        private Received received() {
            inflater.end();
            return new Received(
                    bytes, HexFormat.of().formatHex(digest.digest()), beginning.toString(), 0);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
