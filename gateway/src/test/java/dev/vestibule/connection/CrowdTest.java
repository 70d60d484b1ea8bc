package dev.vestibule.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

class CrowdTest {

    private final Crowd crowd = new Crowd();
    private final List<Cut> cuts = new ArrayList<>();

    @Test
    void aCutEndsEveryShareAndLeavesNewcomersAlone() {
        List<Connections> shares = List.of(crowd.present("one"), crowd.present("other"));
        shares.forEach(share -> share.register(cuts::add));

        crowd.cut(Cut.SUSPENDED);

        assertThat(shares).noneMatch(Connections::isLive);
        assertThat(cuts).containsExactly(Cut.SUSPENDED, Cut.SUSPENDED);
        assertThat(crowd.present("one").isLive()).isTrue();
    }

    @Test
    void whatWasTakenBeforeACutHasEnded() {
        Connections before = crowd.present("one");

        crowd.cut(Cut.SUSPENDED);

        assertThat(before.isLive()).isFalse();
    }

    @Test
    void eachShareIsCountedByItself() {
        Connections one = crowd.present("one");
        one.register(cuts::add);

        assertThat(crowd.present("one")).isSameAs(one);
        assertThat(one.count()).isEqualTo(1);
        assertThat(crowd.present("other").count()).isZero();
    }

    @Test
    void leavesNobodyOfBeforeWhenManyComeDuringACut() throws Exception {
        for (int round = 0; round < 200; round++) {
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            List<Connections> taken = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 4; i++) {
                String share = round + "." + i;
                threads.add(
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            awaitQuietly(go);
                                            taken.add(crowd.present(share));
                                        }));
            }
            go.countDown();
            crowd.cut(Cut.SUSPENDED);
            for (Thread thread : threads) {
                thread.join();
            }
            crowd.cut(Cut.SUSPENDED);

            assertThat(taken).noneMatch(Connections::isLive);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
