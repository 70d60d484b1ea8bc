package dev.vestibule.firstrun;

import dev.vestibule.config.ListenAddress;
import dev.vestibule.proxy.EventLoops;
import dev.vestibule.proxy.OpenPort;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;

import java.io.IOException;
import java.net.InetSocketAddress;

/// The open port: one request for each connection, which then ends. Whoever opened it closes it.
final class FirstRunPort implements AutoCloseable {

    private static final int BACKLOG = 64;

    /// One browser opens six at once.
    private static final int CONNECTIONS_MAX = 64;

    /// Providers' answers come back in the address line.
    private static final int LINE_BYTES_MAX = 16 * 1024;

    private static final int HEAD_BYTES_MAX = 16 * 1024;
    private static final int BODY_BYTES_MAX = 32 * 1024;

    private final EventLoops loops;
    private final OpenPort port;

    private FirstRunPort(EventLoops loops, OpenPort port) {
        this.loops = loops;
        this.port = port;
    }

    /// @throws FirstRunUnavailable where the port cannot be had
    static FirstRunPort open(ListenAddress at, FirstRunDoor door) {
        EventLoops loops = new EventLoops(1);
        try {
            OpenPort port =
                    OpenPort.open(
                            loops,
                            new InetSocketAddress(at.address(), at.port()),
                            BACKLOG,
                            (connection, open) -> receive(connection, open, door));
            return new FirstRunPort(loops, port);
        } catch (IOException taken) {
            loops.close();
            throw new FirstRunUnavailable(at, taken);
        }
    }

    private static boolean receive(Channel connection, int open, FirstRunDoor door) {
        if (open >= CONNECTIONS_MAX) {
            return false;
        }
        connection
                .pipeline()
                .addLast(
                        new HttpServerCodec(
                                new HttpDecoderConfig()
                                        .setMaxInitialLineLength(LINE_BYTES_MAX)
                                        .setMaxHeaderSize(HEAD_BYTES_MAX)),
                        new HttpObjectAggregator(BODY_BYTES_MAX, true),
                        new FirstRunConnection(door));
        return true;
    }

    /// The port that was opened, which the system chose where 0 was configured.
    int number() {
        return port.number();
    }

    @Override
    public void close() {
        port.close();
        loops.close();
    }
}
