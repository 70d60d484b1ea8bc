package dev.vestibule.shell;

import org.jspecify.annotations.Nullable;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/// Passes a body on until it grows too large, and then ends the exchange. Its result is whether the
/// body was whole. Used by one exchange; the client calls it from one thread at a time.
final class LimitedBody implements BodySubscriber<Boolean> {

    private final BodySubscriber<?> target;
    private final long bytesMax;
    private Flow.@Nullable Subscription subscription;
    private long bytes;
    private volatile boolean isWhole = true;

    LimitedBody(BodySubscriber<?> target, long bytesMax) {
        this.target = target;
        this.bytesMax = bytesMax;
    }

    @Override
    public CompletionStage<Boolean> getBody() {
        return target.getBody().thenApply(_ -> isWhole);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        target.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (!isWhole) {
            return;
        }
        for (ByteBuffer buffer : buffers) {
            bytes += buffer.remaining();
        }
        if (bytes <= bytesMax) {
            target.onNext(buffers);
            return;
        }
        isWhole = false;
        if (subscription != null) {
            subscription.cancel();
        }
        target.onComplete();
    }

    @Override
    public void onError(Throwable failure) {
        if (isWhole) {
            target.onError(failure);
        }
    }

    @Override
    public void onComplete() {
        if (isWhole) {
            target.onComplete();
        }
    }
}
