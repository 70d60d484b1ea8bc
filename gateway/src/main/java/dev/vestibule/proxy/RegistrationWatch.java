package dev.vestibule.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.grant.LiveGrant;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.log.RequestScope;
import dev.vestibule.secret.Secret;
import dev.vestibule.store.DatabaseUnavailable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/// Stands between Home Assistant and a phone that registers, and learns the phone's webhook before
/// the phone does: from then on the webhook lives and dies with the person's access. Keeps the one
/// small answer back until the webhook is known for good; where that fails the phone gets no answer
/// and registers again.
public final class RegistrationWatch implements Downstream {

    private static final Logger LOG = LoggerFactory.getLogger(RegistrationWatch.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ANSWER_MAX = 64 * 1024;
    private static final int CREATED = 201;

    private final String request;
    private final EventLoop loop;
    private final Downstream client;
    private final LiveGrant grant;
    private final WebhookLearner learner;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable HttpResponse created;
    private boolean isOver;

    /// @param request its number
    public RegistrationWatch(
            String request,
            EventLoop loop,
            Downstream client,
            LiveGrant grant,
            WebhookLearner learner) {
        this.request = request;
        this.loop = loop;
        this.client = client;
        this.grant = grant;
        this.learner = learner;
    }

    @Override
    public void answer(HttpResponse head) {
        if (head.status().code() == CREATED) {
            created = head;
        } else {
            client.answer(head);
        }
    }

    @Override
    public void body(HttpContent content) {
        HttpResponse head = created;
        if (head == null) {
            client.body(content);
            return;
        }
        keep(content.content());
        boolean isLast = content instanceof LastHttpContent;
        content.release();
        if (isLast && !isOver) {
            isOver = true;
            learn(head);
        }
    }

    private void keep(ByteBuf piece) {
        byte[] bytes = new byte[Math.min(piece.readableBytes(), ANSWER_MAX + 1 - body.size())];
        piece.readBytes(bytes);
        body.writeBytes(bytes);
    }

    private void learn(HttpResponse head) {
        Optional<Secret> webhook = webhookId(body.toByteArray());
        if (webhook.isEmpty()) {
            client.failed(UpstreamFailure.DOUBTFUL);
            return;
        }
        Thread.ofVirtual()
                .name("webhook")
                .start(() -> RequestScope.run(request, () -> learn(head, webhook.get())));
    }

    private void learn(HttpResponse head, Secret webhook) {
        try {
            learner.learned(grant, webhook);
            loop.execute(() -> release(head));
        } catch (DatabaseUnavailable | HomeAssistantUnavailable away) {
            loop.execute(() -> client.failed(UpstreamFailure.BROKEN));
        } catch (Throwable bug) {
            // A phone without an answer would wait for as long as it likes to.
            LOG.error("event=webhook-not-learned request={}", request, bug);
            loop.execute(() -> client.failed(UpstreamFailure.BROKEN));
        }
    }

    private void release(HttpResponse head) {
        client.answer(head);
        client.body(new DefaultLastHttpContent(Unpooled.wrappedBuffer(body.toByteArray())));
        client.flush();
    }

    /// What the phone is going to use as its address; empty where the answer does not say, or is
    /// larger than any real one.
    private static Optional<Secret> webhookId(byte[] answer) {
        if (answer.length > ANSWER_MAX) {
            return Optional.empty();
        }
        try {
            JsonNode id = JSON.readTree(answer).path("webhook_id");
            return id.isTextual() && !id.textValue().isEmpty()
                    ? Optional.of(new Secret(id.textValue()))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public void flush() {
        if (created == null) {
            client.flush();
        }
    }

    @Override
    public void failed(UpstreamFailure failure) {
        client.failed(failure);
    }

    @Override
    public void readMore() {
        client.readMore();
    }

    @Override
    public boolean isWritable() {
        return client.isWritable();
    }
}
