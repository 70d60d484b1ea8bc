package dev.vestibule.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

class ConnectionsTest {

    @Test
    void cutsWhatIsOpenWhenTheEndComes() {
        Connections connections = new Connections();
        List<Cut> cuts = new ArrayList<>();
        connections.register(cuts::add);

        connections.end(Cut.SUSPENDED);

        assertThat(cuts).containsExactly(Cut.SUSPENDED);
        assertThat(connections.isLive()).isFalse();
        assertThat(connections.count()).isZero();
    }

    @Test
    void cutsAtOnceWhatComesAfterTheEnd() {
        Connections connections = new Connections();
        connections.end(Cut.ENDED);
        List<Cut> cuts = new ArrayList<>();

        connections.register(cuts::add);

        assertThat(cuts).containsExactly(Cut.ENDED);
        assertThat(connections.count()).isZero();
    }

    @Test
    void leavesAloneWhatEndedByItself() {
        Connections connections = new Connections();
        List<Cut> cuts = new ArrayList<>();
        connections.register(cuts::add).close();

        connections.end(Cut.ENDED);

        assertThat(cuts).isEmpty();
    }

    @Test
    void leavesNoConnectionOpenWhenManyRegisterDuringTheEnd() throws Exception {
        for (int round = 0; round < 200; round++) {
            Connections connections = new Connections();
            AtomicInteger cut = new AtomicInteger();
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            await(go);
                                            boolean[] isCut = new boolean[1];
                                            connections.register(
                                                    _ -> {
                                                        if (!isCut[0]) {
                                                            isCut[0] = true;
                                                            cut.incrementAndGet();
                                                        }
                                                    });
                                        }));
            }
            threads.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        await(go);
                                        connections.end(Cut.ENDED);
                                    }));
            go.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(cut.get()).isGreaterThanOrEqualTo(4);
            assertThat(connections.count()).isZero();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void givesTheEndedOneToWhoAsksAfterwards() {
        ConnectionRegistry<String> registry = new ConnectionRegistry<>();
        Connections before = registry.of("a");

        registry.end("a", Cut.ENDED);

        assertThat(registry.of("a")).isSameAs(before);
        assertThat(registry.of("a").isLive()).isFalse();
        assertThat(registry.of("b").isLive()).isTrue();
    }

    @Test
    void endsAnIdThatNobodyHeldYet() {
        ConnectionRegistry<String> registry = new ConnectionRegistry<>();

        registry.end("a", Cut.ENDED);

        assertThat(registry.of("a").isLive()).isFalse();
    }
}
