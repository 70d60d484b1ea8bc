package dev.vestibule.testhouse.home;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Writes down what arrives on one connection before anybody reads it.
final class Recorder extends ChannelInboundHandlerAdapter {

    private final Record record;
    private final Record.Tape tape;

    Recorder(Record record) {
        this.record = record;
        this.tape = record.newTape();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            record.arrived(tape, ByteBufUtil.getBytes(bytes));
        }
        context.fireChannelRead(message);
    }
}
