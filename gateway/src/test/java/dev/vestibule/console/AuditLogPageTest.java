package dev.vestibule.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.TestHouse;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the console shows of the audit log, and hands out of it.
class AuditLogPageTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AUDIT = "/auth/vestibule/console/audit";
    private static final Pattern ROW = Pattern.compile("<tr>\\s*<td ");
    private static final Pattern NEXT = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"");

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser ada = new VisitorBrowser();
    private final VisitorBrowser ben = new VisitorBrowser();

    AuditLogPageTest() {
        ada.carry("Sec-Fetch-Site", "same-origin");
    }

    @AfterEach
    void close() {
        ada.close();
        ben.close();
        house.close();
    }

    private Answer page(String query) {
        Answer answer = ada.get(house.at(AUDIT + query));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static long rows(Answer page) {
        return ROW.matcher(page.body()).results().count();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(line, notJson);
        }
    }

    @Test
    void whatHappenedIsFoundByItsEventItsPersonAndItsWords() {
        house.signIn(ben, "ben");
        house.signIn(ada, "ada");
        house.suspend("ben");

        assertThat(rows(page("?event=AccountSuspended"))).isEqualTo(1);
        assertThat(page("?event=AccountSuspended").body())
                .contains(">ben</a>", "ben was suspended by the operator: at the command line");
        assertThat(rows(page("?event=AccountSuspended&account=ada"))).isZero();
        assertThat(rows(page("?event=AccountSuspended&account=BEN"))).isEqualTo(1);
        assertThat(rows(page("?account=" + house.account("ben").id().value()))).isGreaterThan(1);
        assertThat(rows(page("?q=BY+the+operator"))).isPositive();
        assertThat(page("?q=never+said").body()).contains("Nothing like that stands in the log.");
        assertThat(page("?account=nobody").body()).contains("Nobody is called exactly like that");
    }

    @Test
    void whatHappenedIsFoundByItsDays() {
        house.signIn(ada, "ada");

        assertThat(rows(page("?since=2020-01-01"))).isPositive();
        assertThat(page("?since=2020-01-01").body())
                .contains("name=\"since\" type=\"date\" value=\"2020-01-01\"");
        assertThat(rows(page("?until=2020-01-01"))).isZero();
        assertThat(rows(page("?since=9000-01-01"))).isZero();
        for (String noDay : List.of("2026-02-30", "yesterday", "%2B999999999-01-01", "1")) {
            assertThat(ada.get(house.at(AUDIT + "?since=" + noDay)).status())
                    .as(noDay)
                    .isEqualTo(400);
        }
        assertThat(ada.get(house.at(AUDIT + "?event=SELECT")).status()).isEqualTo(400);
    }

    @Test
    void whatCannotBeLookedForIsSaidInTheLanguageOfWhoeverReads() {
        house.signIn(ada, "ada");
        ada.carry("Accept-Language", "de");

        assertThat(ada.get(house.at(AUDIT + "?until=yesterday")).body())
                .contains("Ein Tag wird so geschrieben: 2026-11-26.", "<nav");
        assertThat(ada.get(house.at(AUDIT + "/export?event=SELECT")).body())
                .contains("Ein Ereignis dieses Namens gibt es nicht.");
        assertThat(ada.get(house.at(AUDIT + "?q=a&q=b")).body())
                .contains("Dieser Link funktioniert nicht")
                .doesNotContain("more than once");
    }

    /// The words for Home Assistant would send its administrator to the wrong machine.
    @Test
    void whereTheDatabaseIsAwayThePageSaysThatItIsTheGatewaysOwn() {
        house.signIn(ada, "ada");
        house.loseDatabase();

        Answer answer = ada.get(house.at(AUDIT));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("It cannot reach its own records");
    }

    @Test
    void aLongLogComesPageByPageAndNothingIsLostBetweenThem() {
        house.signIn(ada, "ada");
        house.signIn(ben, "ben");
        for (int i = 0; i < 30; i++) {
            house.suspend("ben");
            house.restore("ben");
        }

        Answer first = page("?account=ben&event=AccountSuspended");
        Answer all = page("?account=ben");

        assertThat(rows(first)).isEqualTo(30);
        assertThat(rows(all)).isEqualTo(50);
        Matcher next = NEXT.matcher(all.body());
        assertThat(next.find()).isTrue();
        Answer second = ada.get(house.at(next.group(1).replace("&amp;", "&")));
        long exported = page("/export?account=ben").body().lines().count();
        assertThat(exported).isGreaterThan(60);
        assertThat(rows(second)).isEqualTo(exported - 50);
    }

    @Test
    void theExportIsAFileOfJsonLinesWithWhatWasLookedFor() {
        house.signIn(ben, "ben");
        house.signIn(ada, "ada");
        house.suspend("ben");

        Answer file = page("/export?event=AccountSuspended");

        assertThat(file.body().lines()).hasSize(1);
        JsonNode line = json(file.body());
        assertThat(line.path("event").asText()).isEqualTo("AccountSuspended");
        assertThat(line.path("address").asText()).isEqualTo("console");
        assertThat(line.path("at").asText()).startsWith("20").endsWith("Z");
        assertThat(line.path("detail").path("accountId").asText())
                .isEqualTo(house.account("ben").id().value());
        assertThat(ada.get(house.at(AUDIT + "/export?account=nobody")).status()).isEqualTo(404);
        assertThat(ada.get(house.at(AUDIT + "/everything")).status()).isEqualTo(404);
    }

    @Test
    void whatAStrangerCallsThemselvesIsNoHtml() {
        house.provider()
                .addPerson(
                        Person.of("<script>alert(1)</script>", "<b>Eve</b>").withGroups("family"));
        house.signIn(ben, "<script>alert(1)</script>");
        house.signIn(ada, "ada");

        assertThat(page("?q=%3Ci%3E").body()).contains("value=\"&lt;i>\"");
        assertThat(page("").body())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>", "<b>");
    }

    @Test
    void theLogCannotBeChanged() {
        house.signIn(ada, "ada");
        long before = rows(page("?account=ada"));

        Answer answer = ada.postForm(house.at(AUDIT), Map.of("change", "delete"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(rows(page("?account=ada"))).isEqualTo(before);
    }

    @Test
    void theFamilyReadsNoneOfIt() {
        house.signIn(ben, "ben");

        assertThat(ben.get(house.at(AUDIT)).status()).isEqualTo(403);
        assertThat(ben.get(house.at(AUDIT + "/export")).status()).isEqualTo(403);
    }
}
