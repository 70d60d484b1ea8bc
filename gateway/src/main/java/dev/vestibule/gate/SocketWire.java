package dev.vestibule.gate;

import io.netty.channel.Channel;

/// HTTP/1.1 on a socket of its own.
record SocketWire(Channel channel, StrictRequestDecoder decoder, AnswerEncoder encoder)
        implements Wire {

    @Override
    public void answersTo(boolean isHead) {
        encoder.answersTo(isHead);
    }

    @Override
    public void proceed() {
        decoder.proceed();
    }

    @Override
    public void end(boolean isAllRead) {
        Lingering.begin(channel, isAllRead);
    }
}
