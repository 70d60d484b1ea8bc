package dev.vestibule.management;

import dev.vestibule.config.ListenAddress;
import dev.vestibule.proxy.EventLoops;
import dev.vestibule.proxy.OpenPort;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;

/// The port at which machines ask. Whoever opened it closes it, before the event loops.
public final class Management implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Management.class);
    private static final int BACKLOG = 64;
    private static final int CHUNK_BYTES = 1024;

    private final OpenPort port;

    private Management(OpenPort port) {
        this.port = port;
    }

    /// @throws ManagementUnavailable where the port cannot be had
    public static Management open(EventLoops loops, ListenAddress at, Desk desk) {
        return open(loops, at, desk, Limits.DEFAULT);
    }

    static Management open(EventLoops loops, ListenAddress at, Desk desk, Limits limits) {
        boolean isLocal = at.isLoopback();
        try {
            OpenPort port =
                    OpenPort.open(
                            loops,
                            new InetSocketAddress(at.address(), at.port()),
                            BACKLOG,
                            (connection, open) -> {
                                boolean hasRoom = open < limits.connections();
                                if (hasRoom) {
                                    welcome(connection, isLocal, desk, limits);
                                }
                                return hasRoom;
                            });
            LOG.info("event=management-listening address={}", port.address());
            return new Management(port);
        } catch (IOException taken) {
            throw new ManagementUnavailable(at, taken);
        }
    }

    private static void welcome(Channel connection, boolean isLocal, Desk desk, Limits limits) {
        connection
                .pipeline()
                .addLast(
                        new HttpServerCodec(
                                new HttpDecoderConfig()
                                        .setMaxInitialLineLength(limits.lineBytes())
                                        .setMaxHeaderSize(limits.headBytes())
                                        .setMaxChunkSize(CHUNK_BYTES)),
                        new ManagementConnection(desk, isLocal, limits.time()));
    }

    /// The port that was opened, which the system chose where 0 was configured.
    public int port() {
        return port.number();
    }

    @Override
    public void close() {
        port.close();
    }
}
