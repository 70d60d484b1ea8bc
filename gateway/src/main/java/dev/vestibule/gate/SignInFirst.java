package dev.vestibule.gate;

import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Sends a browser to the sign-in, which brings it back to where it wanted to go.
///
/// @param path of the sign-in, which reads the way back from `next`
public record SignInFirst(String path) implements Handler {

    @Override
    public Response handle(Request request) {
        String next = URLEncoder.encode(request.target().pathAndQuery(), StandardCharsets.UTF_8);
        return Response.redirect(request.origin().resolve(path + "?next=" + next));
    }
}
