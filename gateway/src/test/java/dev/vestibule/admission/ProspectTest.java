package dev.vestibule.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.admission.Prospect.In;
import dev.vestibule.admission.Prospect.InAsGroupsSay;
import dev.vestibule.admission.Prospect.InWhereGroupsSay;
import dev.vestibule.admission.Prospect.NotKnownThere;
import dev.vestibule.admission.Prospect.Out;
import dev.vestibule.admission.Prospect.SomebodyElse;
import dev.vestibule.admission.Prospect.Why;
import dev.vestibule.config.Role;

import org.junit.jupiter.api.Test;

import java.util.List;

class ProspectTest {

    private static final List<Prospect> FROM_THE_MOST_OPEN =
            List.of(
                    new In(Role.USER),
                    new InAsGroupsSay(),
                    new InWhereGroupsSay(),
                    new Out(Why.NO_ROLE),
                    new SomebodyElse(),
                    new NotKnownThere());

    /// A subject by which they would be another account hides none by which they come in.
    @Test
    void ofSeveralSubjectsTheOneThatOpensMostCountsInWhateverOrderTheyAre() {
        for (int i = 0; i < FROM_THE_MOST_OPEN.size(); i++) {
            List<Prospect> rest = FROM_THE_MOST_OPEN.subList(i, FROM_THE_MOST_OPEN.size());

            assertThat(Prospect.mostOpen(rest)).contains(rest.getFirst());
            assertThat(Prospect.mostOpen(rest.reversed())).contains(rest.getFirst());
        }
        assertThat(Prospect.mostOpen(List.of())).isEmpty();
    }

    @Test
    void theFirstThreeLetSomebodyIn() {
        assertThat(FROM_THE_MOST_OPEN).filteredOn(Prospect::isIn).hasSize(3);
        assertThat(FROM_THE_MOST_OPEN.subList(0, 3)).allMatch(Prospect::isIn);
    }
}
