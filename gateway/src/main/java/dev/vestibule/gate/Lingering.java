package dev.vestibule.gate;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;

/// The end of a connection after its last answer.
final class Lingering {

    private Lingering() {}

    /// @param isAllRead true where the client has nothing more to say, so that nothing can be lost
    static void begin(Channel channel, boolean isAllRead) {
        if (!isAllRead && channel instanceof DuplexChannel duplex && channel.isActive()) {
            var _ = duplex.shutdownOutput();
        } else {
            var _ = channel.close();
        }
    }
}
