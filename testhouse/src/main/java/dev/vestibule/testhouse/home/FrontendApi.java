package dev.vestibule.testhouse.home;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The pages: the shell at `/` and at the paths of the panels, and the files that it needs.
final class FrontendApi {

    private static final List<String> PANELS =
            List.of("lovelace", "config", "profile", "developer-tools", "history", "logbook");
    private static final String YEARLY = "public, max-age=2678400";

    private final House house;
    private volatile FrontendFiles files;

    FrontendApi(House house) {
        this.house = house;
        this.files = new FrontendFiles(house.announcedVersion());
    }

    /// Home Assistant was updated: the files of before are gone.
    void upgrade(String release) {
        files = new FrontendFiles(release);
    }

    void addTo(Endpoints endpoints) {
        endpoints.open("GET", "/", this::shell);
        for (String panel : PANELS) {
            endpoints.open("GET", "/" + panel, this::shell);
            endpoints.open("GET", "/" + panel + "/{rest...}", this::shell);
        }
        file(endpoints, "/auth/authorize", "authorize.html");
        file(endpoints, "/onboarding.html", "onboarding.html");
        file(endpoints, "/manifest.json", "manifest.json");
        file(endpoints, "/robots.txt", "robots.txt");
        file(endpoints, "/service_worker.js", "service_worker.js");
        for (String method : List.of("GET", "HEAD")) {
            endpoints.open(
                    method,
                    "/frontend_latest/{file...}",
                    request -> stored(request, "frontend_latest/"));
            endpoints.open(method, "/static/{file...}", request -> stored(request, "static/"));
            endpoints.open(method, "/local/{file...}", this::local);
        }
    }

    private void file(Endpoints endpoints, String path, String name) {
        for (String method : List.of("GET", "HEAD")) {
            endpoints.open(method, path, request -> files.serve(request, name, ""));
        }
    }

    private Answer shell(HomeRequest request) {
        return house.isOnboarded()
                ? files.page("index.html").compressible()
                : Answer.text(302, "302: Found").with("Location", "/onboarding.html");
    }

    private Answer stored(HomeRequest request, String folder) {
        return files.serve(request, folder + request.part("file"), YEARLY);
    }

    private Answer local(HomeRequest request) {
        return switch (request.part("file")) {
            case "" -> Answer.forbidden();
            case "test.txt" -> Answer.text(200, "local file\n").with("Cache-Control", YEARLY);
            case "floor-plan.svg" ->
                    Answer.of(
                                    200,
                                    "image/svg+xml",
                                    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>"
                                            .getBytes(StandardCharsets.UTF_8))
                            .with("Cache-Control", YEARLY);
            default -> Answer.notFound();
        };
    }
}
