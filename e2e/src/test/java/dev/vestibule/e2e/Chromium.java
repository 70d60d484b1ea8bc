package dev.vestibule.e2e;

import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.ScriptTimeoutException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.stream.Stream;

/// Debian's Chromium without a screen, with a profile of its own that is empty at first. It
/// resolves no name but `localhost`, so nothing leaves this machine. One thread.
final class Chromium implements AutoCloseable {

    private static final File BROWSER = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    private static final Duration SCRIPT_MAX = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration RELOAD_PAUSE = Duration.ofMillis(500);

    private static final String THIS_MACHINE = "EXCLUDE localhost, EXCLUDE 127.0.0.1";

    private final Path profile = temporaryDirectory();
    private final ChromeDriver driver;

    Chromium() {
        this(THIS_MACHINE);
    }

    /// @param names what is resolved at all, as `--host-resolver-rules` has it
    private Chromium(String names) {
        this.driver = new ChromeDriver(service(), options(names));
    }

    /// One whose connections to the neighbour's house come from the neighbour's address.
    static Chromium of(Neighbour neighbour) {
        return new Chromium(
                "MAP %s 127.0.0.1:%d, EXCLUDE 127.0.0.1"
                        .formatted(neighbour.house(), neighbour.port()));
    }

    /// A page as a person meets it: how wide, and whether their system is set to dark.
    enum Look {
        SMALL_LIGHT(320, 568, true, "light"),
        PHONE_LIGHT(390, 844, true, "light"),
        PHONE_DARK(390, 844, true, "dark"),
        DESKTOP_LIGHT(1280, 900, false, "light"),
        DESKTOP_DARK(1280, 900, false, "dark");

        private final int width;
        private final int height;
        private final boolean isMobile;
        private final String scheme;

        Look(int width, int height, boolean isMobile, String scheme) {
            this.width = width;
            this.height = height;
            this.isMobile = isMobile;
            this.scheme = scheme;
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("vestibule-chromium");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// Both programs are named, so that Selenium never looks for one to download.
    private static ChromeDriverService service() {
        return new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER)
                .usingAnyFreePort()
                .build();
    }

    private ChromeOptions options(String names) {
        var logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(BROWSER);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--host-resolver-rules=" + names + ", MAP * ~NOTFOUND",
                "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", logging);
        options.setScriptTimeout(SCRIPT_MAX);
        return options;
    }

    /// Where whoever wants to know what the browser is about to do may ask it.
    String debuggerAddress() {
        Object options = driver.getCapabilities().getCapability("goog:chromeOptions");
        return String.valueOf(((Map<?, ?>) Objects.requireNonNull(options)).get("debuggerAddress"));
    }

    void open(URI address) {
        driver.get(address.toString());
    }

    void openInNewWindow(URI address) {
        driver.switchTo().newWindow(WindowType.WINDOW);
        open(address);
    }

    /// The handle of the window that is looked at; see [#lookAt].
    String window() {
        return driver.getWindowHandle();
    }

    /// Waits until a page has opened another window, and looks at that.
    void lookAtAnother() {
        String known = window();
        Patience.until(
                () -> driver.getWindowHandles().size() > 1,
                PAUSE,
                WAIT_MAX,
                () -> "no other window beside " + seen());
        driver.getWindowHandles().stream()
                .filter(window -> !window.equals(known))
                .findFirst()
                .ifPresent(this::lookAt);
    }

    void lookAt(String window) {
        driver.switchTo().window(window);
    }

    void reload() {
        driver.navigate().refresh();
    }

    URI address() {
        return URI.create(currentAddress());
    }

    private String currentAddress() {
        return Objects.requireNonNull(driver.getCurrentUrl());
    }

    void awaitAddress(String beginning) {
        Patience.until(
                () -> currentAddress().startsWith(beginning),
                PAUSE,
                WAIT_MAX,
                () -> "not " + beginning + " but " + seen());
    }

    /// Takes over what another browser is known by at this site, hidden cookies too.
    void copyCookies(Chromium other) {
        other.driver.manage().getCookies().forEach(driver.manage()::addCookie);
    }

    void type(String name, String text) {
        WebElement field = await(By.name(name));
        field.clear();
        field.sendKeys(text);
    }

    void click(By what) {
        await(what).click();
    }

    /// Waits until there is one to be seen.
    WebElement await(By what) {
        Patience.until(
                () -> isVisible(what), PAUSE, WAIT_MAX, () -> "no " + what + " at " + seen());
        return driver.findElement(what);
    }

    /// Waits until there is none to be seen.
    void awaitNone(By what) {
        Patience.until(
                () -> !isVisible(what), PAUSE, WAIT_MAX, () -> "still " + what + " at " + seen());
    }

    /// Whether one is to be seen now.
    boolean isVisible(By what) {
        try {
            return driver.findElements(what).stream().anyMatch(WebElement::isDisplayed);
        } catch (StaleElementReferenceException replaced) {
            return false;
        }
    }

    void awaitHeading(String text) {
        await(By.xpath("//h1[normalize-space()='" + text + "']"));
    }

    void awaitText(String text) {
        await(By.xpath("//*[contains(text(), '" + text + "')]"));
    }

    void awaitAttribute(By what, String name, String value) {
        Patience.until(
                () -> value.equals(await(what).getDomAttribute(name)),
                PAUSE,
                WAIT_MAX,
                () -> what + " never has " + name + "=" + value + " at " + seen());
    }

    /// Runs a script, which may await, and gives what it returns.
    Object evaluate(String script) {
        return Objects.requireNonNull(
                driver.executeAsyncScript(
                        "const done = arguments[arguments.length - 1];"
                                + "(async () => {"
                                + script
                                + "})().then(done, problem => done(String(problem)))"));
    }

    /// Waits until a script returns true.
    void awaitScript(String script) {
        Patience.until(
                () -> isTrue(script),
                PAUSE,
                WAIT_MAX,
                () -> "never true: " + script + " at " + seen());
    }

    /// Loads a page until its service worker has it and answers for it.
    ///
    /// @param live what the page shows once it is up
    void handToServiceWorker(By live) {
        await(live);
        awaitScript("return navigator.serviceWorker.controller !== null");
        reload();
        await(live);
        awaitScript(
                "const cache = await caches.open('file-cache');"
                        + " return (await cache.match('/')) !== undefined");
    }

    /// A page that is left while a script runs takes the script's answer with it.
    private boolean isTrue(String script) {
        try {
            return Boolean.TRUE.equals(evaluate(script));
        } catch (ScriptTimeoutException pageWasLeft) {
            return false;
        }
    }

    /// Does something by which the page is left, and waits until it is.
    void leaveBy(Runnable act) {
        WebElement page = driver.findElement(By.tagName("html"));
        act.run();
        Patience.until(() -> isGone(page), PAUSE, WAIT_MAX, () -> "the page never left: " + seen());
    }

    private static boolean isGone(WebElement element) {
        try {
            var _ = element.isEnabled();
            return false;
        } catch (StaleElementReferenceException gone) {
            return true;
        } catch (WebDriverException halfWay) {
            // Neither the old document nor the new one: asked again, it is gone.
            return false;
        }
    }

    /// Loads the page anew until an element has an attribute.
    void awaitAfterReloads(By what, String name, String value) {
        Patience.until(
                () -> {
                    reload();
                    return value.equals(await(what).getDomAttribute(name));
                },
                RELOAD_PAUSE,
                WAIT_MAX,
                () -> what + " never has " + name + "=" + value + " at " + seen());
    }

    private String seen() {
        return currentAddress() + "\n" + driver.getPageSource();
    }

    /// What the console holds against the pages of a site since the last call: refused scripts and
    /// styles, failed requests, uncaught errors. That a page itself came with an error status is no
    /// complaint.
    List<String> complaintsAbout(URI site) {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> message.contains(site.getAuthority()))
                .filter(message -> !isAboutThePageItself(message))
                .toList();
    }

    private boolean isAboutThePageItself(String message) {
        return message.startsWith(currentAddress() + " - Failed to load resource: the server");
    }

    /// Gives the window an authenticator of its own, as a phone or a laptop has one built in, with
    /// a person before it who says yes and is recognised.
    VirtualAuthenticator plugInAuthenticator() {
        return driver.addVirtualAuthenticator(
                new VirtualAuthenticatorOptions()
                        .setProtocol(VirtualAuthenticatorOptions.Protocol.CTAP2)
                        .setTransport(VirtualAuthenticatorOptions.Transport.INTERNAL)
                        .setHasResidentKey(true)
                        .setHasUserVerification(true)
                        .setIsUserVerified(true));
    }

    /// Takes passkeys away from every page that opens from now on, as an old browser has none.
    void forgetPasskeys() {
        driver.executeCdpCommand(
                "Page.addScriptToEvaluateOnNewDocument",
                Map.of("source", "delete window.PublicKeyCredential"));
    }

    /// @param language that every request from now on asks for, as `Accept-Language` has it
    void speak(String language) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.setExtraHTTPHeaders",
                Map.of("headers", Map.of("Accept-Language", language)));
    }

    void runScripts(boolean isAllowed) {
        driver.executeCdpCommand(
                "Emulation.setScriptExecutionDisabled", Map.of("value", !isAllowed));
    }

    /// Takes a picture of the page in every look.
    ///
    /// @param name of the files in `e2e/target/screenshots`, without the look
    void takePictures(String name) {
        for (Look look : Look.values()) {
            takePicture(name, look);
        }
    }

    void takePicture(String name, Look look) {
        wear(look);
        String file = name + "-" + look.name().toLowerCase(Locale.ROOT).replace('_', '-');
        Path pictures =
                Path.of(System.getProperty("vestibule.repository", ".."))
                        .resolve("e2e/target/screenshots");
        try {
            Files.createDirectories(pictures);
            Files.write(pictures.resolve(file + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// Without motion, so that a picture never shows something half way.
    void wear(Look look) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width", look.width,
                        "height", look.height,
                        "deviceScaleFactor", 1,
                        "mobile", look.isMobile));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", look.scheme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /// What the rules of axe-core hold against the page, as far as it is serious: WCAG 2.2 A and
    /// AA, and its best practices.
    List<String> barriers() {
        driver.executeScript(Axe.SOURCE);
        Object found = driver.executeAsyncScript(Axe.RUN);
        return ((List<?>) Objects.requireNonNull(found)).stream().map(String::valueOf).toList();
    }

    /// Whether the page must be scrolled sideways.
    boolean isWiderThanTheWindow() {
        Object is =
                driver.executeScript(
                        "return document.documentElement.scrollWidth > window.innerWidth");
        return Boolean.TRUE.equals(is);
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
