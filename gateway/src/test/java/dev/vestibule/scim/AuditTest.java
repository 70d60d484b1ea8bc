package dev.vestibule.scim;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import dev.vestibule.audit.AuditLog;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import java.util.List;

class AuditTest {

    private final ScimDesk desk = new ScimDesk();
    private final ScimClient okta = desk.client("okta");
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.vestibule");
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();

    @BeforeEach
    void listen() {
        written.start();
        logger.addAppender(written);
    }

    @AfterEach
    void close() {
        logger.detachAppender(written);
        desk.close();
    }

    private List<String> alarms() {
        return written.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains("event=scim-active-unreadable"))
                .toList();
    }

    private List<String> audited(String kind) {
        return desk.audited().stream().filter(line -> line.startsWith(kind + " ")).toList();
    }

    @Test
    void everyChangeSaysWhoWhatAndWhich() {
        String ada = okta.createUser("ada");
        okta.patchOperations("/Users/" + ada, "{'op':'replace','value':{'active':false}}")
                .expect(200);
        String family = okta.createGroup("Family", ada);
        okta.delete("/Groups/" + family).expect(204);

        assertThat(audited("ScimResourceCreated"))
                .containsExactlyInAnyOrder(
                        line("ScimResourceCreated", "user", ada, "ada"),
                        line("ScimResourceCreated", "group", family, "Family"));
        assertThat(audited("ScimResourceChanged"))
                .containsExactly(line("ScimResourceChanged", "user", ada, "ada"));
        assertThat(audited("ScimResourceDeleted"))
                .containsExactly(line("ScimResourceDeleted", "group", family, "Family"));
        assertThat(desk.facts.audit.newest(100))
                .filteredOn(line -> line.kind().startsWith("ScimResource"))
                .extracting(AuditLog.Line::address)
                .containsOnly("192.0.2.1");
    }

    private static String line(String event, String kind, String id, String name) {
        return "%s {\"by\":\"scim:okta\",\"kind\":\"%s\",\"resourceId\":\"%s\",\"name\":\"%s\"}"
                .formatted(event, kind, id, name);
    }

    @Test
    void whatIsReadOrRefusedIsNoChange() {
        String ada = okta.createUser("ada");
        int before = desk.audited().size();

        okta.get("/Users/" + ada).expect(200);
        okta.post("/Users", ScimClient.user("ada", "x")).expect(409);
        okta.delete("/Users/nobody").expect(404);

        assertThat(desk.audited()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'replace','path':'active','value':'no'}",
                "{'op':'Replace','path':'active','value':0}",
                "{'op':'replace','value':{'active':null}}",
                "{'op':'replace','value':{'active':'disabled'}}",
                "{'op':'replace','path':'active','value':[{'value':'off'}]}",
            })
    void anActiveThatCannotBeReadIsRefusedWithAnAlarm(String operation) {
        String ada = okta.createUser("ada");
        desk.heard.take();

        okta.patchOperations("/Users/" + ada, operation).expectError(400, "invalidValue");

        assertThat(okta.get("/Users/" + ada).json().path("active").asBoolean()).isTrue();
        assertThat(desk.heard.take()).isEmpty();
        assertThat(alarms()).hasSize(1).first().asString().contains(ada).contains("scim:okta");
        assertThat(audited("ScimActiveUnreadable"))
                .containsExactly(
                        """
                        ScimActiveUnreadable {"resourceId":"%s","by":"scim:okta",\
                        "reference":"request-1"}"""
                                .formatted(ada));
    }

    @Test
    void replacementsAndNewUsersRaiseTheAlarmToo() {
        String ada = okta.createUser("ada");

        okta.put("/Users/" + ada, "{\"userName\":\"ada\",\"active\":\"nope\"}")
                .expectError(400, "invalidValue");
        okta.post("/Users", "{\"userName\":\"ben\",\"active\":[]}")
                .expectError(400, "invalidValue");

        assertThat(alarms()).hasSize(2);
        assertThat(audited("ScimActiveUnreadable")).hasSize(2);
    }

    @Test
    void alarmsAreBoundedAndAPathIsNotWrittenDown() {
        for (int i = 0; i < 100; i++) {
            okta.put("/Users/x%20event=forged", "{\"userName\":\"ada\",\"active\":\"nope\"}")
                    .expectError(400, "invalidValue");
        }

        assertThat(alarms()).hasSizeBetween(1, 60).noneMatch(line -> line.contains("forged"));
        assertThat(audited("ScimActiveUnreadable")).hasSameSizeAs(alarms());
    }
}
