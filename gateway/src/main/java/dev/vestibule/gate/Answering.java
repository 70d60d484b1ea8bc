package dev.vestibule.gate;

import dev.vestibule.http.Headers.Header;
import dev.vestibule.http.Response;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Writes an answer of our own, large ones piece by piece as the client takes them: a copy of the
/// whole in the sockets' memory for each slow reader would be the end of that memory.
final class Answering implements Turn {

    private static final int PIECE = 64 * 1024;

    private final ClientConnection connection;
    private final RequestHead head;
    private final Response response;
    private final boolean isKeepAlive;
    private final ByteBuffer rest;
    private boolean isOver;

    Answering(
            ClientConnection connection, RequestHead head, Response response, boolean isKeepAlive) {
        this.connection = connection;
        this.head = head;
        this.response = response.inLanguageOf(head.headers());
        this.isKeepAlive = isKeepAlive;
        this.rest = this.response.bodyBuffer();
    }

    void begin() {
        if (rest.remaining() <= PIECE || head.isHead()) {
            connection.write(Answers.whole(response, more(), connection.now()));
            end();
            return;
        }
        connection.write(Answers.head(response, more(), connection.now()));
        writable();
    }

    private List<Header> more() {
        List<Header> more = new ArrayList<>(Cors.forAnswer(connection.foreignPage()));
        if (!isKeepAlive) {
            more.add(new Header("connection", "close"));
        }
        return more;
    }

    @Override
    public void writable() {
        Channel channel = connection.channel();
        while (rest.hasRemaining() && channel.isWritable()) {
            int length = Math.min(PIECE, rest.remaining());
            ByteBuf piece = Unpooled.wrappedBuffer(rest.slice(rest.position(), length));
            rest.position(rest.position() + length);
            connection.write(new DefaultHttpContent(piece));
            connection.answerMoves();
            // May come back in here before it returns, and end the answer.
            channel.flush();
        }
        if (!rest.hasRemaining() && !isOver) {
            isOver = true;
            connection.write(LastHttpContent.EMPTY_LAST_CONTENT);
            end();
        }
    }

    private void end() {
        response.done();
        connection.finish(this, isKeepAlive);
    }

    @Override
    public void gone() {
        response.done();
    }

    @Override
    public void content(HttpContent content) {
        content.release();
    }
}
