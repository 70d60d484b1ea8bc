package dev.vestibule.passkey;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Paths;
import dev.vestibule.admission.RecentProof;
import dev.vestibule.http.Assets;
import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Alert;
import dev.vestibule.http.Page.Part.Button;
import dev.vestibule.http.Page.Part.Fact;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.LesserButton;
import dev.vestibule.http.Page.Part.Live;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.TextField;
import dev.vestibule.http.Pages;
import dev.vestibule.http.PercentCoding;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.passkey.Owners.Entry;
import dev.vestibule.secret.Secret;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The pages of this room. Each says what happened and what to do next.
final class PasskeyPages {

    private PasskeyPages() {}

    /// What was done a moment ago, said once on the list.
    enum Notice {
        NONE,
        ADDED,
        RENAMED,
        REMOVED;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        String address() {
            return PasskeyPaths.LIST + "?done=" + key();
        }

        static Notice of(String done) {
            return Arrays.stream(values())
                    .filter(notice -> notice.key().equals(done))
                    .findFirst()
                    .orElse(NONE);
        }
    }

    static Response list(List<CredentialRecord> passkeys, Entry.Owner owner, Notice notice) {
        List<Part> parts = new ArrayList<>();
        if (notice != Notice.NONE) {
            parts.add(new Part.Notice(text("passkey.done." + notice.key())));
        }
        parts.add(new Paragraph(text("passkey.list.text")));
        if (passkeys.isEmpty()) {
            parts.add(new Paragraph(text("passkey.list.none")));
        }
        for (CredentialRecord passkey : passkeys) {
            parts.add(new Fact(Text.verbatim(passkey.name()), used(passkey)));
            parts.addAll(elsewhere(passkey, owner));
            parts.add(
                    new LesserButton(
                            text("passkey.list.change", passkey.name()),
                            PasskeyPaths.of(passkey.id())));
        }
        parts.add(new Heading(text("passkey.add.title")));
        parts.addAll(adding(passkeys, owner));
        parts.add(new LesserButton(text("profile.link"), Paths.PROFILE));
        parts.add(new LesserButton(text("passkey.to-home"), "/"));
        return Pages.answer(200, new Page(text("passkey.list.title"), parts, ""));
    }

    private static Text used(CredentialRecord passkey) {
        long added = passkey.createdAt().toEpochMilli();
        return passkey.isUsed()
                ? text("passkey.used", added, passkey.lastUsedAt().toEpochMilli())
                : text("passkey.unused", added);
    }

    /// A home that has got another address leaves its passkeys behind.
    private static List<Part> elsewhere(CredentialRecord passkey, Entry.Owner owner) {
        return passkey.rpId().equals(owner.site().rpId())
                ? List.of()
                : List.of(new Alert(text("passkey.elsewhere", passkey.rpId().value())));
    }

    private static List<Part> adding(List<CredentialRecord> passkeys, Entry.Owner owner) {
        if (passkeys.size() >= CredentialStore.PER_ACCOUNT_MAX) {
            return List.of(new Paragraph(text("passkey.not-added.too-many")));
        }
        if (owner.isByNewPasskey()) {
            return List.of(new Paragraph(text("passkey.add.by-new")));
        }
        if (!owner.isFresh()) {
            return notFresh(owner, PasskeyPaths.LIST);
        }
        return List.of(
                new Paragraph(text("passkey.add.text")),
                live(
                        "passkey-add",
                        Map.of(
                                "kind", Text.verbatim("create"),
                                "options", Text.verbatim(PasskeyPaths.CREATION_OPTIONS),
                                "action", Text.verbatim(PasskeyPaths.LIST),
                                "name", text("passkey.name.label"),
                                "button", text("passkey.add.button"))));
    }

    /// The part that our script brings to life.
    static Live live(String id, Map<String, Text> data) {
        Map<String, Text> all = new HashMap<>(data);
        all.put("cancelled", text("passkey.script.cancelled"));
        all.put("known", text("passkey.not-added.known-credential"));
        all.put("failed", text("passkey.script.failed"));
        return new Live(
                Assets.PASSKEY_SCRIPT, id, all, List.of(new Quiet(text("passkey.script.none"))));
    }

    static Response one(CredentialRecord passkey, Entry.Owner owner) {
        String path = PasskeyPaths.of(passkey.id());
        List<Part> parts = new ArrayList<>();
        parts.add(new Fact(text("passkey.one.label"), used(passkey)));
        parts.add(
                new Fact(
                        text("passkey.kept.label"),
                        text(
                                passkey.key().isBackedUp()
                                        ? "passkey.kept.many"
                                        : "passkey.kept.one")));
        parts.addAll(elsewhere(passkey, owner));
        parts.add(
                new Form(
                        path,
                        List.of(new Hidden("do", "rename")),
                        new TextField("name", text("passkey.rename.label"), "off"),
                        text("passkey.rename.button")));
        parts.add(new Heading(text("passkey.remove.title")));
        parts.add(new Paragraph(text("passkey.remove.text")));
        parts.addAll(removing(path, owner));
        parts.add(new LesserButton(text("passkey.to-list"), PasskeyPaths.LIST));
        return Pages.answer(200, new Page(Text.verbatim(passkey.name()), parts, ""));
    }

    private static List<Part> removing(String path, Entry.Owner owner) {
        return owner.isFresh()
                ? List.of(
                        new Form(
                                path,
                                List.of(new Hidden("do", "remove")),
                                List.of(),
                                text("passkey.remove.button")))
                : notFresh(owner, path);
    }

    private static List<Part> notFresh(Entry.Owner owner, String back) {
        return RecentProof.ask(owner.insider().session(), back);
    }

    /// @param back where a fresh sign-in leads
    static Response notFresh(Entry.Owner owner, String back, String reference) {
        return RecentProof.page(owner.insider().session(), back, reference);
    }

    static Response notForThisSignIn(String reference) {
        return problem(
                403,
                "not-for-you",
                text("passkey.not-for-you.text"),
                reference,
                AdmissionPages.toStart());
    }

    static Response byNewPasskey(String reference) {
        return problem(403, "not-added", text("passkey.add.by-new"), reference, toList());
    }

    static Response gone(String reference) {
        return problem(404, "gone", text("passkey.gone.text"), reference, toList());
    }

    static Response notAdded(Refusal reason, String reference) {
        return problem(
                400, "not-added", text("passkey.not-added." + said(reason)), reference, toList());
    }

    /// @param choice what the browser came for, so that it can choose again
    static Response refused(Refusal reason, Secret choice, String reference) {
        return problem(
                403,
                "refused",
                text("passkey.refused." + said(reason)),
                reference,
                new Button(
                        text("login.another-way"),
                        Paths.SIGN_IN + "?choice=" + PercentCoding.encode(choice.reveal())));
    }

    /// What a person can do something about has a sentence of its own; the log tells the rest.
    private static String said(Refusal reason) {
        return switch (reason) {
            case CHALLENGE,
                    USER_VERIFICATION,
                    SIGN_COUNT,
                    UNKNOWN_CREDENTIAL,
                    OTHER_ADDRESS,
                    KNOWN_CREDENTIAL,
                    TOO_MANY ->
                    reason.key();
            case UNREADABLE,
                    TYPE,
                    ORIGIN,
                    CROSS_ORIGIN,
                    RP_ID,
                    USER_PRESENCE,
                    BACKUP,
                    ALGORITHM,
                    ATTESTATION,
                    SIGNATURE,
                    USER_HANDLE ->
                    "other";
        };
    }

    private static Button toList() {
        return new Button(text("passkey.to-list"), PasskeyPaths.LIST);
    }

    private static Response problem(
            int status, String key, Text sentence, String reference, Part more) {
        return Pages.answer(
                status,
                new Page(
                        text("passkey." + key + ".title"),
                        List.of(new Paragraph(sentence), more),
                        reference));
    }
}
