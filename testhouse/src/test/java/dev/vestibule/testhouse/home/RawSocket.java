package dev.vestibule.testhouse.home;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// A websocket by hand, with compression, which the JDK's client has not.
final class RawSocket implements AutoCloseable {

    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final java.net.Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final boolean isServerContextKept;
    private final Inflater inflater = new Inflater(true);
    private final String answer;

    RawSocket(URI house, String extensions, boolean isServerContextKept) throws IOException {
        this.socket = new java.net.Socket(house.getHost(), house.getPort());
        this.socket.setSoTimeout(20_000);
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.isServerContextKept = isServerContextKept;
        out.write(
                """
                GET /api/websocket HTTP/1.1\r
                Host: %s\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Extensions: %s\r
                \r
                """
                        .formatted(house.getAuthority(), extensions)
                        .getBytes(StandardCharsets.US_ASCII));
        this.answer = head();
    }

    private String head() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /// The lines that answered the upgrade.
    String answer() {
        return answer;
    }

    /// Sends one compressed message, in frames of this size.
    void send(String text, int frameBytes) throws IOException {
        byte[] bytes = deflate(text.getBytes(StandardCharsets.UTF_8));
        for (int from = 0; from < bytes.length; from += frameBytes) {
            int length = Math.min(frameBytes, bytes.length - from);
            boolean isFirst = from == 0;
            boolean isLast = from + length == bytes.length;
            int head = (isLast ? 0x80 : 0) | (isFirst ? 0x41 : 0);
            writeFrame(head, java.util.Arrays.copyOfRange(bytes, from, from + length));
        }
        out.flush();
    }

    private static byte[] deflate(byte[] bytes) {
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(bytes);
        byte[] room = new byte[bytes.length + 1000];
        int length = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return java.util.Arrays.copyOf(room, length - TAIL.length);
    }

    // RFC 6455 section 5.2; a mask of zeros is a mask.
    private void writeFrame(int head, byte[] payload) throws IOException {
        var frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) head);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        out.write(frame.array(), 0, frame.position());
    }

    /// The text of the next compressed message.
    String receive() throws IOException, DataFormatException {
        int head = in.readUnsignedByte();
        byte[] payload = new byte[(int) length(in.readUnsignedByte())];
        in.readFully(payload);
        if (head != 0xC1) {
            throw new IOException("not one whole compressed text: %x".formatted(head));
        }
        return inflate(payload);
    }

    /// The code of the close frame that comes next.
    int receiveClose() throws IOException {
        int head = in.readUnsignedByte();
        byte[] payload = new byte[(int) length(in.readUnsignedByte())];
        in.readFully(payload);
        if (head != 0x88) {
            throw new IOException("no close: %x".formatted(head));
        }
        return ByteBuffer.wrap(payload).getShort();
    }

    private long length(int first) throws IOException {
        return switch (first) {
            case 126 -> in.readUnsignedShort();
            case 127 -> in.readLong();
            default -> first;
        };
    }

    private String inflate(byte[] payload) throws DataFormatException {
        if (!isServerContextKept) {
            inflater.reset();
        }
        var text = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 16];
        for (byte[] input : new byte[][] {payload, TAIL}) {
            inflater.setInput(input);
            for (int n = inflater.inflate(piece); n > 0; n = inflater.inflate(piece)) {
                text.write(piece, 0, n);
            }
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        socket.close();
    }
}
