package dev.vestibule.e2e;

import static dev.vestibule.e2e.ScimPeerHouse.BEN;
import static dev.vestibule.e2e.ScimPeerHouse.FAMILY;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.client.ScimService;
import com.unboundid.scim2.common.BaseScimResource;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.NotImplementedException;
import com.unboundid.scim2.common.exceptions.PreconditionFailedException;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.exceptions.UnauthorizedException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.ListResponse;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.types.Email;
import com.unboundid.scim2.common.types.Group;
import com.unboundid.scim2.common.types.GroupResource;
import com.unboundid.scim2.common.types.Member;
import com.unboundid.scim2.common.types.Meta;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.ResourceTypeResource;
import com.unboundid.scim2.common.types.SchemaResource;
import com.unboundid.scim2.common.types.ServiceProviderConfigResource;
import com.unboundid.scim2.common.types.UserResource;

import dev.vestibule.testhouse.visitor.VisitorSocket;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;

import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.jnh.connector.JavaNetHttpConnectorProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// UnboundID's SCIM client for Java, as identity systems are built with it, against a running
/// gateway that does nothing for it alone.
class UnboundIdScimTest {

    @AutoClose private final ScimPeerHouse house = new ScimPeerHouse();
    private final List<Client> clients = new ArrayList<>();
    private final ScimService service = service(house.tokenOf("unboundid"));

    private ScimService service(String token) {
        ClientRequestFilter bearer =
                request ->
                        request.getHeaders()
                                .putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        Client client =
                ClientBuilder.newClient(
                                new ClientConfig()
                                        .connectorProvider(new JavaNetHttpConnectorProvider()))
                        .register(bearer, ClientRequestFilter.class);
        clients.add(client);
        return new ScimService(client.target(house.address()));
    }

    @AfterEach
    void close() {
        clients.forEach(Client::close);
    }

    @Test
    void readsWhatTheGatewayCanDo() throws ScimException {
        ServiceProviderConfigResource config = service.getServiceProviderConfig();
        assertThat(config.getPatch().isSupported()).isTrue();
        assertThat(config.getBulk().isSupported()).isFalse();
        assertThat(config.getBulk().getMaxOperations()).isPositive();
        assertThat(config.getFilter().isSupported()).isTrue();
        assertThat(config.getFilter().getMaxResults()).isPositive();
        assertThat(config.getEtag().isSupported()).isTrue();
        assertThat(config.getAuthenticationSchemes()).hasSize(1);

        assertThat(service.getResourceTypes())
                .extracting(ResourceTypeResource::getName)
                .containsExactlyInAnyOrder("User", "Group");
        String user =
                Objects.requireNonNull(service.getResourceType("User").getSchema()).toString();
        assertThat(service.getSchemas()).extracting(SchemaResource::getId).contains(user);
        assertThat(service.getSchema(user).getAttributes())
                .anyMatch(attribute -> attribute.getName().equals("userName"));
    }

    @Test
    void aUserIsMadeReadReplacedAndDeleted() throws ScimException {
        UserResource made = service.create("Users", ada());
        assertThat(id(made)).isNotEmpty();
        assertThat(location(made)).hasToString(house.address() + "/Users/" + id(made));
        assertThat(made.getActive()).isTrue();
        assertThat(made.getExternalId()).isEqualTo("sub-ada");

        UserResource read = service.retrieve("Users", id(made), UserResource.class);
        assertThat(read).isEqualTo(made);
        assertThat(service.retrieve(location(made), UserResource.class)).isEqualTo(made);

        read.setDisplayName("Ada of the attic");
        read.setTitle("Countess");
        UserResource replaced = service.replaceRequest(read).ifMatch().invoke();
        assertThat(replaced.getDisplayName()).isEqualTo("Ada of the attic");
        assertThat(meta(replaced).getVersion()).isNotEqualTo(meta(made).getVersion());
        assertThat(meta(replaced).getCreated()).isEqualTo(meta(made).getCreated());

        service.delete(replaced);
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> service.retrieve("Users", id(made), UserResource.class));
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> service.delete("Users", id(made)));
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> service.replace(replaced));
    }

    @Test
    void everyShapeOfPatchThatItMakesIsDone() throws ScimException {
        UserResource made = service.create("Users", ada());

        UserResource patched =
                service.modifyRequest("Users", id(made))
                        .replaceValue("displayName", "Ada")
                        .replaceValue("name.familyName", "King")
                        .replaceValue("emails[type eq \"work\"].value", "ada@office.example")
                        .addValues(
                                "emails", new Email().setType("home").setValue("ada@home.example"))
                        .addOperation(PatchOperation.replace(node().put("title", "Countess")))
                        .addOperation(PatchOperation.add(node().put("nickName", "Addie")))
                        .removeValues("userType")
                        .invoke(UserResource.class);

        assertThat(patched.getDisplayName()).isEqualTo("Ada");
        assertThat(patched.getName())
                .isEqualTo(new Name().setGivenName("Augusta").setFamilyName("King"));
        assertThat(patched.getEmails())
                .extracting(Email::getType, Email::getValue)
                .containsExactly(
                        tuple("work", "ada@office.example"), tuple("home", "ada@home.example"));
        assertThat(patched.getTitle()).isEqualTo("Countess");
        assertThat(patched.getNickName()).isEqualTo("Addie");
        assertThat(patched.getUserType()).isNull();
        assertThat(service.retrieve(patched)).isEqualTo(patched);

        UserResource without =
                service.modifyRequest(patched)
                        .removeValues("emails[type eq \"home\"]")
                        .replaceValues("emails", List.of(new Email().setValue("one@home.example")))
                        .invoke();
        assertThat(without.getEmails())
                .extracting(Email::getValue)
                .containsExactly("one@home.example");
    }

    @Test
    void whoComesWithAnOldVersionChangesNothing() throws ScimException {
        UserResource first = service.create("Users", ada());
        UserResource second =
                service.modifyRequest(first).ifMatch().replaceValue("title", "Countess").invoke();

        assertThatExceptionOfType(PreconditionFailedException.class)
                .isThrownBy(
                        () ->
                                service.modifyRequest(first)
                                        .ifMatch()
                                        .replaceValue("title", "Miss")
                                        .invoke());
        assertThatExceptionOfType(PreconditionFailedException.class)
                .isThrownBy(() -> service.replaceRequest(first).ifMatch().invoke());
        assertThatExceptionOfType(PreconditionFailedException.class)
                .isThrownBy(
                        () ->
                                service.deleteRequest("Users", id(first))
                                        .ifMatch(meta(first).getVersion())
                                        .invoke());

        assertThat(service.retrieve(first)).isEqualTo(second);
    }

    @Test
    void searchesPageByPageGiveEverybodyOnce() throws ScimException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            names.add("person-" + i);
            service.create("Users", new UserResource().setUserName("person-" + i));
        }
        List<String> seen = new ArrayList<>();
        for (int start = 1; seen.size() < names.size(); start = seen.size() + 1) {
            ListResponse<UserResource> page =
                    service.searchRequest("Users").page(start, 10).invoke(UserResource.class);
            assertThat(page.getTotalResults()).isEqualTo(25);
            assertThat(page.getItemsPerPage()).isEqualTo(page.getResources().size()).isPositive();
            page.forEach(user -> seen.add(user.getUserName()));
        }
        assertThat(seen).containsExactlyElementsOf(names);

        assertThat(service.search("Users", "userName eq \"PERSON-7\"", UserResource.class))
                .extracting(UserResource::getUserName)
                .containsExactly("person-7");
        ListResponse<UserResource> posted =
                service.searchRequest("Users")
                        .filter(
                                Filter.and(
                                        Filter.sw("userName", "person-1"),
                                        Filter.not(Filter.eq("userName", "person-1"))))
                        .attributes("userName")
                        .invokePost(UserResource.class);
        assertThat(posted.getTotalResults()).isEqualTo(10);
        assertThat(posted).allMatch(user -> user.getActive() == null);
        assertThat(service.search("Users", "userName eq \"nobody\"", UserResource.class)).isEmpty();
    }

    @Test
    void refusalsArriveAsWhatTheyAre() throws ScimException {
        UserResource made = service.create("Users", ada());

        assertThatExceptionOfType(ResourceConflictException.class)
                .isThrownBy(() -> service.create("Users", ada()))
                .matches(refused -> scimType(refused).equals("uniqueness"));
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(
                        () ->
                                service.searchRequest("Users")
                                        .filter("userName eq")
                                        .invoke(UserResource.class))
                .matches(refused -> scimType(refused).equals("invalidFilter"));
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(
                        () ->
                                service.modifyRequest(made)
                                        .replaceValue("active", "perhaps")
                                        .invoke())
                .matches(refused -> scimType(refused).equals("invalidValue"));
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> service.create("Groups", group("with-nobody", "no-such-id")))
                .matches(refused -> scimType(refused).equals("invalidValue"));
        assertThatExceptionOfType(NotImplementedException.class)
                .isThrownBy(() -> service.retrieve(ScimService.ME_URI, UserResource.class));
        assertThatExceptionOfType(UnauthorizedException.class)
                .isThrownBy(() -> service("a guess").search("Users", "", UserResource.class));
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> service(house.tokenOf("another")).delete(made));

        assertThat(service.retrieve(made)).isEqualTo(made);
    }

    @Test
    void aGroupLetsAPersonInAndWhoIsSwitchedOffLosesTheirOpenPage() throws ScimException {
        UserResource ben =
                service.create(
                        "Users", new UserResource().setUserName("ben").setDisplayName("Ben"));
        ben = service.modifyRequest(ben).replaceValue("externalId", BEN).invoke();
        assertThat(house.statusForBen()).isEqualTo(403);
        GroupResource family = service.create("Groups", group(FAMILY));
        assertThat(house.statusForBen()).isEqualTo(403);

        family = withMember(family, ben);
        assertThat(family.getMembers()).extracting(Member::getValue).containsExactly(id(ben));
        assertThat(service.retrieve(ben).getGroups())
                .extracting(Group::getValue)
                .containsExactly(id(family));
        try (VisitorSocket page = house.benOpensAPage()) {
            GroupResource nothing =
                    service.modifyRequest(family)
                            .removeValues("members[value eq \"" + id(ben) + "\"]")
                            .invoke();
            assertThat(nothing).as("the body of a 204").isNull();
            assertThat(page.awaitClose()).isEqualTo(1008);
        }
        assertThat(service.retrieve(family).getMembers()).isNullOrEmpty();
        assertThat(house.statusForBen()).isEqualTo(403);

        family = withMember(family, ben);
        try (VisitorSocket page = house.benOpensAPage()) {
            ben = service.modifyRequest(ben).replaceValue("active", false).invoke();
            assertThat(page.awaitClose()).isEqualTo(1008);
        }
        assertThat(ben.getActive()).isFalse();
        assertThat(house.statusForBen()).isEqualTo(403);

        ben = service.replace(ben.setActive(true));
        try (VisitorSocket page = house.benOpensAPage()) {
            service.delete(ben);
            assertThat(page.awaitClose()).isEqualTo(1008);
        }
        assertThat(service.retrieve(family).getMembers()).isNullOrEmpty();
        service.delete(family);
        assertThat(service.search("Groups", "displayName eq \"family\"", GroupResource.class))
                .isEmpty();
    }

    private GroupResource withMember(GroupResource group, UserResource user) throws ScimException {
        return service.modifyRequest(group)
                .addValues("members", new Member().setValue(id(user)).setDisplay("Ben"))
                .attributes("displayName", "members", "meta")
                .invoke();
    }

    private static String id(BaseScimResource resource) {
        return Objects.requireNonNull(resource.getId());
    }

    private static Meta meta(BaseScimResource resource) {
        return Objects.requireNonNull(resource.getMeta());
    }

    private static URI location(BaseScimResource resource) {
        return Objects.requireNonNull(meta(resource).getLocation());
    }

    private static String scimType(ScimException refused) {
        return Objects.requireNonNullElse(refused.getScimError().getScimType(), "none");
    }

    private static UserResource ada() {
        UserResource ada = new UserResource();
        ada.setExternalId("sub-ada");
        return ada.setUserName("ada")
                .setName(new Name().setGivenName("Augusta").setFamilyName("Byron"))
                .setEmails(
                        new Email().setType("work").setPrimary(true).setValue("ada@work.example"))
                .setUserType("Resident")
                .setActive(true);
    }

    private static GroupResource group(String name, String... members) {
        return new GroupResource()
                .setDisplayName(name)
                .setMembers(
                        List.of(members).stream().map(id -> new Member().setValue(id)).toList());
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
