package dev.vestibule.e2e;

import static dev.vestibule.e2e.ScimPeerHouse.BEN;
import static dev.vestibule.e2e.ScimPeerHouse.FAMILY;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.BooleanNode;

import de.captaingoldfish.scim.sdk.client.ScimClientConfig;
import de.captaingoldfish.scim.sdk.client.ScimRequestBuilder;
import de.captaingoldfish.scim.sdk.client.builder.PatchBuilder;
import de.captaingoldfish.scim.sdk.client.builder.UpdateBuilder;
import de.captaingoldfish.scim.sdk.client.resources.MetaConfiguration;
import de.captaingoldfish.scim.sdk.client.resources.ResourceType;
import de.captaingoldfish.scim.sdk.client.response.ServerResponse;
import de.captaingoldfish.scim.sdk.common.constants.EndpointPaths;
import de.captaingoldfish.scim.sdk.common.constants.SchemaUris;
import de.captaingoldfish.scim.sdk.common.constants.enums.Comparator;
import de.captaingoldfish.scim.sdk.common.constants.enums.PatchOp;
import de.captaingoldfish.scim.sdk.common.etag.ETag;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.ResourceNode;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.base.ScimObjectNode;
import de.captaingoldfish.scim.sdk.common.resources.complex.Meta;
import de.captaingoldfish.scim.sdk.common.resources.complex.Name;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Email;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.GroupNode;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Member;
import de.captaingoldfish.scim.sdk.common.response.ListResponse;

import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The client of SCIM-SDK (`de.captaingoldfish`), as identity systems are built with it, against a
/// running gateway that does nothing for it alone.
class CaptainGoldfishScimTest {

    private static final int MORE_THAN_A_PAGE = 120;

    @AutoClose private final ScimPeerHouse house = new ScimPeerHouse();
    private final List<ScimRequestBuilder> clients = new ArrayList<>();
    private final ScimRequestBuilder client = client(house.tokenOf("goldfish"));

    private ScimRequestBuilder client(String token) {
        ScimRequestBuilder made =
                new ScimRequestBuilder(
                        house.address(),
                        ScimClientConfig.builder()
                                .httpHeaders(Map.of("Authorization", "Bearer " + token))
                                .build());
        clients.add(made);
        return made;
    }

    @AfterEach
    void close() {
        clients.forEach(ScimRequestBuilder::close);
    }

    @Test
    void readsWhatTheGatewayCanDo() {
        MetaConfiguration found = done(client.loadMetaConfiguration().sendRequest(), 200);

        ServiceProvider provider = found.getServiceProvider();
        assertThat(provider.getPatchConfig().isSupported()).isTrue();
        assertThat(provider.getBulkConfig().isSupported()).isFalse();
        assertThat(provider.getFilterConfig().isSupported()).isTrue();
        assertThat(provider.getFilterConfig().getMaxResults()).isPositive();
        assertThat(provider.getETagConfig().isSupported()).isTrue();
        assertThat(provider.getAuthenticationSchemes()).hasSize(1);
        assertThat(found.getResourceTypes())
                .extracting(ResourceType::getName, ResourceType::getSchema)
                .containsExactlyInAnyOrder(
                        tuple("User", SchemaUris.USER_URI), tuple("Group", SchemaUris.GROUP_URI));
        assertThat(found.getSchemas())
                .filteredOn(schema -> schema.getNonNullId().equals(SchemaUris.USER_URI))
                .singleElement()
                .matches(
                        schema ->
                                schema.getAttributes().stream()
                                        .anyMatch(each -> each.getName().equals("userName")));
    }

    @Test
    void aUserIsMadeReadReplacedAndDeleted() {
        User made = create(ada());
        assertThat(id(made)).isNotEmpty();
        assertThat(meta(made).getLocation()).contains(house.address() + "/Users/" + id(made));
        assertThat(made.isActive()).contains(true);
        assertThat(made.getExternalId()).contains("sub-ada");

        User read = read(made);
        assertThat(read).isEqualTo(made);
        assertThat(
                        client.get(User.class, EndpointPaths.USERS, id(made))
                                .setETagForIfNoneMatch(version(made))
                                .sendRequest()
                                .getHttpStatus())
                .isEqualTo(304);

        read.setDisplayName("Ada of the attic");
        User replaced =
                done(
                        client.update(User.class, EndpointPaths.USERS, id(made))
                                .setETagForIfMatch(version(made))
                                .setResource(read)
                                .sendRequest(),
                        200);
        assertThat(replaced.getDisplayName()).contains("Ada of the attic");
        assertThat(version(replaced)).isNotEqualTo(version(made));
        assertThat(meta(replaced).getCreated()).isEqualTo(meta(made).getCreated());

        delete(User.class, EndpointPaths.USERS, made);
        refused(client.get(User.class, EndpointPaths.USERS, id(made)).sendRequest(), 404);
        refused(client.delete(User.class, EndpointPaths.USERS, id(made)).sendRequest(), 404);
        refused(
                client.update(User.class, EndpointPaths.USERS, id(made))
                        .setResource(read)
                        .sendRequest(),
                404);
    }

    @Test
    void everyShapeOfPatchThatItMakesIsDone() {
        User made = create(ada());

        User patched =
                done(
                        patch(made)
                                .addOperation()
                                .op(PatchOp.REPLACE)
                                .path("displayName")
                                .value("Ada")
                                .next()
                                .op(PatchOp.REPLACE)
                                .path("name.familyName")
                                .value("King")
                                .next()
                                .op(PatchOp.REPLACE)
                                .path("emails[type eq \"work\"].value")
                                .value("ada@office.example")
                                .next()
                                .op(PatchOp.ADD)
                                .path("emails")
                                .valueNode(email("home", "ada@home.example"))
                                .next()
                                .op(PatchOp.ADD)
                                .valueNode(User.builder().nickName("Addie").build())
                                .next()
                                .op(PatchOp.REMOVE)
                                .path("userType")
                                .build()
                                .sendRequest(),
                        200);

        assertThat(patched.getDisplayName()).contains("Ada");
        assertThat(patched.getName().flatMap(Name::getFamilyName)).contains("King");
        assertThat(patched.getName().flatMap(Name::getGivenName)).contains("Augusta");
        assertThat(patched.getEmails())
                .extracting(email -> email.getValue().orElse(""))
                .containsExactly("ada@office.example", "ada@home.example");
        assertThat(patched.getNickName()).contains("Addie");
        assertThat(patched.getUserType()).isEmpty();
        assertThat(read(patched)).isEqualTo(patched);

        User without =
                done(
                        patch(made)
                                .addOperation()
                                .op(PatchOp.REMOVE)
                                .path("emails[type eq \"work\"]")
                                .build()
                                .sendRequest(),
                        200);
        assertThat(without.getEmails())
                .extracting(email -> email.getValue().orElse(""))
                .containsExactly("ada@home.example");
    }

    /// The client sends no version with a PATCH, whatever it is told.
    @Test
    void whoComesWithAnOldVersionChangesNothing() {
        User first = create(ada());
        first.setTitle("Countess");
        User second = done(replacement(first).setETagForIfMatch(version(first)).sendRequest(), 200);

        first.setTitle("Miss");
        refused(replacement(first).setETagForIfMatch(version(first)).sendRequest(), 412);
        refused(
                client.delete(User.class, EndpointPaths.USERS, id(first))
                        .setETagForIfMatch(version(first))
                        .sendRequest(),
                412);

        assertThat(read(first)).isEqualTo(second);
    }

    private UpdateBuilder<User> replacement(User user) {
        return client.update(User.class, EndpointPaths.USERS, id(user)).setResource(user);
    }

    @Test
    void searchesPageByPageGiveEverybodyOnce() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
            names.add("person-" + i);
            create(User.builder().userName("person-" + i).build());
        }

        ServerResponse<ListResponse<User>> paged =
                client.list(User.class, EndpointPaths.USERS).count(10).get().sendRequest();
        ListResponse<User> first = done(paged, 200);
        assertThat(first.getTotalResults()).isEqualTo(MORE_THAN_A_PAGE);
        assertThat(first.getItemsPerPage()).isEqualTo(10);
        ServerResponse<ListResponse<User>> whole =
                client.list(User.class, EndpointPaths.USERS).get().getAll();
        assertThat(names(done(whole, 200))).containsExactlyElementsOf(names);

        ServerResponse<ListResponse<User>> found =
                client.list(User.class, EndpointPaths.USERS)
                        .filter("userName", Comparator.EQ, "PERSON-7")
                        .build()
                        .get()
                        .sendRequest();
        assertThat(names(done(found, 200))).containsExactly("person-7");
        ServerResponse<ListResponse<User>> posted =
                client.list(User.class, EndpointPaths.USERS)
                        .filter("userName", Comparator.SW, "person-1")
                        .and("userName", Comparator.NE, "person-1")
                        .build()
                        .post()
                        .sendRequest();
        assertThat(names(done(posted, 200)))
                .containsExactlyElementsOf(
                        names.stream()
                                .filter(name -> name.startsWith("person-1"))
                                .filter(name -> !name.equals("person-1"))
                                .toList());
        ServerResponse<ListResponse<User>> nobody =
                client.list(User.class, EndpointPaths.USERS)
                        .filter("userName", Comparator.EQ, "nobody")
                        .build()
                        .get()
                        .sendRequest();
        assertThat(done(nobody, 200).getTotalResults()).isZero();
    }

    @Test
    void refusalsArriveAsWhatTheyAre() {
        User made = create(ada());

        assertThat(refused(creation(client, ada()), 409)).isEqualTo("uniqueness");
        ServerResponse<ListResponse<User>> unreadable =
                client.list(User.class, EndpointPaths.USERS)
                        .filter("userName eq")
                        .get()
                        .sendRequest();
        assertThat(refused(unreadable, 400)).isEqualTo("invalidFilter");
        assertThat(refused(replacing(made, "active", "perhaps").sendRequest(), 400))
                .isEqualTo("invalidValue");
        assertThat(
                        refused(
                                client.create(Group.class, EndpointPaths.GROUPS)
                                        .setResource(group("with-nobody", "no-such-id"))
                                        .sendRequest(),
                                400))
                .isEqualTo("invalidValue");
        refused(creation(client("a guess"), ada()), 401);
        refused(
                client(house.tokenOf("another"))
                        .delete(User.class, EndpointPaths.USERS, id(made))
                        .sendRequest(),
                404);

        assertThat(read(made)).isEqualTo(made);
    }

    @Test
    void aGroupLetsAPersonInAndWhoIsSwitchedOffLosesTheirOpenPage() {
        User ben = create(User.builder().userName("ben").displayName("Ben").build());
        ben = done(replacing(ben, "externalId", BEN).sendRequest(), 200);
        assertThat(house.statusForBen()).isEqualTo(403);
        Group family =
                done(
                        client.create(Group.class, EndpointPaths.GROUPS)
                                .setResource(group(FAMILY))
                                .sendRequest(),
                        201);

        addMember(family, ben);
        assertThat(members(family)).containsExactly(id(ben));
        assertThat(read(ben).getGroups())
                .extracting(GroupNode::getValue)
                .containsExactly(family.getId());
        try (VisitorSocket page = house.benOpensAPage()) {
            settled(
                    regrouping(family)
                            .addOperation()
                            .op(PatchOp.REMOVE)
                            .path("members[value eq \"" + id(ben) + "\"]")
                            .build()
                            .sendRequest());
            assertThat(page.awaitClose()).isEqualTo(1008);
        }
        assertThat(members(family)).isEmpty();
        assertThat(house.statusForBen()).isEqualTo(403);

        addMember(family, ben);
        try (VisitorSocket page = house.benOpensAPage()) {
            ben =
                    done(
                            patch(ben)
                                    .addOperation()
                                    .op(PatchOp.REPLACE)
                                    .path("active")
                                    .valueNode(BooleanNode.FALSE)
                                    .build()
                                    .sendRequest(),
                            200);
            assertThat(page.awaitClose()).isEqualTo(1008);
        }
        assertThat(ben.isActive()).contains(false);
        assertThat(house.statusForBen()).isEqualTo(403);

        ben.setActive(true);
        ben =
                done(
                        client.update(User.class, EndpointPaths.USERS, id(ben))
                                .setResource(ben)
                                .sendRequest(),
                        200);
        try (VisitorSocket page = house.benOpensAPage()) {
            delete(User.class, EndpointPaths.USERS, ben);
            assertThat(page.awaitClose()).isEqualTo(1008);
        }
        assertThat(members(family)).isEmpty();
        delete(Group.class, EndpointPaths.GROUPS, family);
        refused(client.get(Group.class, EndpointPaths.GROUPS, id(family)).sendRequest(), 404);
    }

    private void addMember(Group group, User user) {
        settled(
                regrouping(group)
                        .addOperation()
                        .op(PatchOp.ADD)
                        .path("members")
                        .valueNode(Member.builder().value(id(user)).type("User").build())
                        .build()
                        .sendRequest());
    }

    private List<String> members(Group group) {
        ServerResponse<Group> answer =
                client.get(Group.class, EndpointPaths.GROUPS, id(group)).sendRequest();
        return done(answer, 200).getMembers().stream()
                .map(member -> member.getValue().orElse(""))
                .toList();
    }

    private User create(User user) {
        return done(creation(client, user), 201);
    }

    private static ServerResponse<User> creation(ScimRequestBuilder client, User user) {
        return client.create(User.class, EndpointPaths.USERS).setResource(user).sendRequest();
    }

    private User read(User user) {
        ServerResponse<User> answer =
                client.get(User.class, EndpointPaths.USERS, id(user)).sendRequest();
        return done(answer, 200);
    }

    private PatchBuilder<User> patch(User user) {
        return client.patch(User.class, EndpointPaths.USERS, id(user));
    }

    private PatchBuilder<User> replacing(User user, String path, String value) {
        return patch(user).addOperation().op(PatchOp.REPLACE).path(path).value(value).build();
    }

    private PatchBuilder<Group> regrouping(Group group) {
        return client.patch(Group.class, EndpointPaths.GROUPS, id(group));
    }

    private <T extends ResourceNode> void delete(Class<T> type, String endpoint, T resource) {
        ServerResponse<T> answer = client.delete(type, endpoint, id(resource)).sendRequest();
        assertThat(answer.getHttpStatus()).as(answer.getResponseBody()).isEqualTo(204);
        assertThat(answer.isSuccess()).isTrue();
    }

    /// What was answered, which the client calls a success.
    private static <T extends ScimObjectNode> T done(ServerResponse<T> answer, int status) {
        assertThat(answer.getHttpStatus()).as(answer.getResponseBody()).isEqualTo(status);
        assertThat(answer.isSuccess()).as("%s is a success", answer.getResponseBody()).isTrue();
        return answer.getResource();
    }

    /// A change of a group, whose answer may be empty.
    private static void settled(ServerResponse<Group> answer) {
        assertThat(answer.getHttpStatus()).as(answer.getResponseBody()).isIn(200, 204);
        assertThat(answer.isSuccess()).isTrue();
    }

    /// The `scimType` of a refusal that the client can read; empty where it has none.
    private static String refused(ServerResponse<?> answer, int status) {
        assertThat(answer.getHttpStatus()).as(answer.getResponseBody()).isEqualTo(status);
        assertThat(answer.isSuccess()).isFalse();
        assertThat(answer.getErrorResponse().getStatus()).isEqualTo(status);
        assertThat(answer.getErrorResponse().getDetail()).isPresent();
        return answer.getErrorResponse().getScimType().orElse("");
    }

    private static String id(ResourceNode resource) {
        return resource.getId().orElseThrow();
    }

    private static Meta meta(ResourceNode resource) {
        return resource.getMeta().orElseThrow();
    }

    private static ETag version(ResourceNode resource) {
        return meta(resource).getVersion().orElseThrow();
    }

    private static List<String> names(ListResponse<User> found) {
        return found.getListedResources().stream()
                .map(user -> user.getUserName().orElse(""))
                .toList();
    }

    private static User ada() {
        return User.builder()
                .userName("ada")
                .externalId("sub-ada")
                .name(Name.builder().givenName("Augusta").familyName("Byron").build())
                .emails(List.of(email("work", "ada@work.example")))
                .userType("Resident")
                .active(true)
                .build();
    }

    private static Email email(String type, String value) {
        return Email.builder().type(type).value(value).build();
    }

    private static Group group(String name, String... members) {
        return Group.builder()
                .displayName(name)
                .members(Stream.of(members).map(id -> Member.builder().value(id).build()).toList())
                .build();
    }
}
