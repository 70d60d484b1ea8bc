package dev.vestibule.firstrun;

import dev.vestibule.config.ConfigReader;
import dev.vestibule.config.ListenAddress;
import dev.vestibule.firstrun.FirstRun.Afterwards;
import dev.vestibule.firstrun.FirstRun.Order;
import dev.vestibule.secret.Secrets;
import dev.vestibule.setup.SetupFiles;
import dev.vestibule.testhouse.TestClock;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A first-run page on a loopback port, and the console beside it.
final class OpenPage implements AutoCloseable {

    private static final Pattern CODE = Pattern.compile("[0-9A-Z]{4}-[0-9A-Z]{4}");
    private static final Pattern TOKEN = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");

    /// As late as it is: the provider of a test lives in our time.
    private final TestClock clock = new TestClock(InstantSource.system().instant());

    private final List<String> console = new CopyOnWriteArrayList<>();
    private final FirstRun page;

    OpenPage(Path config) {
        this.page =
                FirstRun.open(
                        clock,
                        new Secrets(),
                        new Order(
                                new ListenAddress("127.0.0.1", 0),
                                new SetupFiles(
                                        config,
                                        false,
                                        file ->
                                                ConfigReader.read(
                                                        InstantSource.system(), file, Map.of())),
                                Afterwards.SERVES),
                        console::add);
    }

    TestClock clock() {
        return clock;
    }

    FirstRun page() {
        return page;
    }

    List<String> console() {
        return List.copyOf(console);
    }

    /// Every code that the console has shown, the last one last.
    List<String> codes() {
        return console.stream()
                .flatMap(line -> CODE.matcher(line).results())
                .map(MatchResult::group)
                .toList();
    }

    String code() {
        return codes().getLast();
    }

    URI at(String path) {
        return URI.create("http://localhost:" + page.port() + path);
    }

    /// Posts as a browser does from a page of this origin.
    Answer post(VisitorBrowser browser, String path, Map<String, String> fields) {
        return browser.postForm(at(path), fields, "Origin", "http://localhost:" + page.port());
    }

    Answer enter(VisitorBrowser browser, String code) {
        return post(browser, "/first-run", Map.of("code", code));
    }

    /// Answers a step's form, with the token of its page.
    Answer answer(VisitorBrowser browser, String step, String... fields) {
        Map<String, String> all = new HashMap<>();
        all.put("form-token", token(browser.get(at("/first-run/" + step)).body()));
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        return post(browser, "/first-run/" + step, all);
    }

    static String token(String html) {
        return TOKEN.matcher(html)
                .results()
                .findFirst()
                .map(found -> found.group(1))
                .orElse("the page has no form");
    }

    @Override
    public void close() {
        page.close();
    }
}
