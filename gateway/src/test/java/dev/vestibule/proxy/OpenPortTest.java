package dev.vestibule.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

class OpenPortTest {

    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final int END = -1;
    private static final int WAIT_MILLIS_MAX = 30_000;

    private final EventLoops loops = new EventLoops(1);

    @AfterEach
    void close() {
        loops.close();
    }

    private OpenPort open(OpenPort.Reception reception) throws IOException {
        return OpenPort.open(loops, new InetSocketAddress(HERE, 0), 8, reception);
    }

    private static Socket connect(OpenPort port) throws IOException {
        Socket socket = new Socket(HERE, port.number());
        socket.setSoTimeout(WAIT_MILLIS_MAX);
        return socket;
    }

    private static boolean repeat(Channel connection) {
        connection
                .pipeline()
                .addLast(
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext context, Object read) {
                                var _ = context.writeAndFlush(read);
                            }
                        });
        return true;
    }

    private static int answer(Socket socket) throws IOException {
        socket.getOutputStream().write('!');
        return socket.getInputStream().read();
    }

    @Test
    void whoComesIsReceivedWhileThereIsRoom() throws IOException {
        try (OpenPort port = open((connection, open) -> open < 2 && repeat(connection));
                Socket first = connect(port)) {
            assertThat(answer(first)).isEqualTo('!');
            try (Socket second = connect(port)) {
                assertThat(answer(second)).isEqualTo('!');
                assertThat(port.connectionCount()).isEqualTo(2);
                try (Socket third = connect(port)) {
                    assertThat(third.getInputStream().read()).isEqualTo(END);
                }
                assertThat(answer(first)).isEqualTo('!');
            }
        }
    }

    @Test
    void whatIsOpenEndsWithThePort() throws IOException {
        OpenPort port = open((connection, _) -> repeat(connection));
        try (Socket socket = connect(port)) {
            assertThat(answer(socket)).isEqualTo('!');

            port.close();

            assertThat(socket.getInputStream().read()).isEqualTo(END);
        }
    }

    @Test
    void aPortThatIsTakenCannotBeHad() throws IOException {
        try (OpenPort port = open((connection, _) -> repeat(connection))) {
            InetSocketAddress taken = new InetSocketAddress(HERE, port.number());

            assertThatThrownBy(() -> OpenPort.open(loops, taken, 8, (_, _) -> false))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
    }
}
