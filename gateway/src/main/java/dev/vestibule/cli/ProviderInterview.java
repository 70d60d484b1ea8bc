package dev.vestibule.cli;

import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.http.Language;
import dev.vestibule.secret.Secrets;
import dev.vestibule.setup.Judged;
import dev.vestibule.setup.PresetValue;
import dev.vestibule.setup.ProviderChoice;
import dev.vestibule.setup.ProviderProbe;
import dev.vestibule.setup.Registration;
import dev.vestibule.setup.SetupPreset;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Asks about the identity provider and looks at it while asking, says what to enter there, and
/// tries a sign-in. Used by one thread.
final class ProviderInterview {

    private static final String CLIENT_SECRET = "The client secret (empty for a public client)";

    private final InstantSource time;
    private final Secrets secrets;
    private final Interview interview;

    ProviderInterview(InstantSource time, Secrets secrets, Interview interview) {
        this.time = time;
        this.secrets = secrets;
        this.interview = interview;
    }

    Tried ask(Origin publicUrl) {
        SetupPreset preset =
                interview.ask(
                        "Your identity provider (" + SetupPreset.words() + ")",
                        SetupPreset.GENERIC.word(),
                        answer -> Reply.of(SetupPreset.judge(answer)));
        String id =
                preset == SetupPreset.GENERIC
                        ? interview.ask(
                                "A short name for it, which becomes part of addresses",
                                preset.id(),
                                answer -> Reply.of(ProviderChoice.judgeId(answer)))
                        : preset.id();
        Located located = locate(publicUrl, preset, id);
        interview.say("  The provider answers, and its discovery document fits.");
        register(located.choice());
        return client(located);
    }

    private record Located(ProviderChoice choice, List<String> values) {}

    private Located locate(Origin publicUrl, SetupPreset preset, String id) {
        List<PresetValue> questions = preset.questions();
        ProviderProbe probe = new ProviderProbe(time, secrets);
        return interview.untilGood(
                questions.isEmpty() ? preset.product() : questions.getLast().question(),
                () -> {
                    List<String> values = new ArrayList<>();
                    questions.forEach(question -> values.add(value(question)));
                    ProviderChoice choice =
                            new ProviderChoice(publicUrl, preset, id, preset.issuer(values));
                    return switch (probe.judge(choice)) {
                        case Judged.Fits<ProviderChoice> _ ->
                                new Reply.Good<>(new Located(choice, values));
                        case Judged.Unfit<ProviderChoice>(var problem) when questions.isEmpty() ->
                                throw new CommandFailed(problem.sentence());
                        case Judged.Unfit<ProviderChoice>(var problem) ->
                                new Reply.Bad<>(problem.sentence());
                    };
                });
    }

    private String value(PresetValue value) {
        return interview.ask(
                value.question() + ", such as " + value.example(),
                value.fallback(),
                answer -> Reply.of(value.judge(answer)));
    }

    private void register(ProviderChoice choice) {
        interview.say("");
        interview.say("Now make Vestibule known at " + choice.preset().product() + ":");
        Registration.of(choice).lines().forEach(line -> interview.say("  " + line));
        interview.say("  " + choice.preset().groupsAdvice().in(Language.ENGLISH));
        interview.say("In general words, for fields that are called otherwise:");
        Registration.facts(choice).forEach(fact -> interview.say("  " + fact.line()));
        interview.say("");
    }

    private Tried client(Located located) {
        List<String> given = new ArrayList<>();
        given.add(located.choice().preset().clientId(located.values()));
        TrialInterview trial = new TrialInterview(time, secrets, interview);
        Tried tried =
                interview.untilGood(
                        CLIENT_SECRET,
                        () -> {
                            String clientId =
                                    interview.ask(
                                            "The client id that it gave",
                                            given.getLast(),
                                            answer -> Reply.of(ProviderChoice.judgeText(answer)));
                            given.add(clientId);
                            ClientAuthentication authentication =
                                    interview.askSecret(
                                            CLIENT_SECRET,
                                            answer -> Reply.of(ProviderChoice.judgeSecret(answer)));
                            return trial.run(located.choice(), clientId, authentication);
                        });
        return named(tried);
    }

    private Tried named(Tried tried) {
        String name =
                interview.ask(
                        "What the sign-in button says",
                        tried.choice().preset() == SetupPreset.GENERIC
                                ? tried.choice().id()
                                : tried.choice().preset().product(),
                        answer -> Reply.of(ProviderChoice.judgeText(answer)));
        OpenIdProviderConfig provider =
                tried.choice()
                        .with(tried.provider().clientId(), tried.provider().authentication(), name);
        return switch (tried) {
            case Tried.Seen(var choice, _, var person) -> new Tried.Seen(choice, provider, person);
            case Tried.NotSeen(var choice, _) -> new Tried.NotSeen(choice, provider);
        };
    }
}
