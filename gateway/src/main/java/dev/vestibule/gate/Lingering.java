package dev.vestibule.gate;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/// The end of a connection after its last answer.
final class Lingering {

    private Lingering() {}

    /// @param isAllRead true where the client has nothing more to say, so that nothing can be lost
    static void begin(Channel channel, boolean isAllRead) {
        if (isAllRead || !(channel instanceof DuplexChannel duplex) || !channel.isActive()) {
            var _ = channel.close();
            return;
        }
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            var _ = duplex.shutdownOutput();
        } else {
            // RFC 8446 section 6.1: the end of what we say is said, so that nobody cut it short.
            tls.closeOutbound()
                    .addListener(
                            _ -> {
                                var _ = duplex.shutdownOutput();
                            });
        }
    }
}
