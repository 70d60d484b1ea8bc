package dev.vestibule.gate;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/// Last in a pipeline while nothing but the end of the connection ends the answer, until all of it
/// has left: whoever closes meanwhile, be it a restart, cuts the answer short, and the client must
/// see that. The end is no regular one then: TLS says no farewell, TCP resets.
final class SeenCut extends ChannelOutboundHandlerAdapter {

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        ctx.channel().unsafe().close(promise);
    }
}
