package dev.vestibule.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;

/// A front end on a loopback port that keeps every byte of every request, and answers what it was
/// told. Negotiates encodings as Home Assistant does: a variant where there is one, else plain.
final class FrontEnd implements AutoCloseable {

    private final ServerSocket socket;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Semaphore gate = new Semaphore(0);
    private volatile boolean isHeld;
    private volatile boolean isAway;

    FrontEnd() {
        try {
            socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().start(this::accept);
    }

    private static final class Page {
        /// The rest of the status line, and the header lines.
        private final String head;

        private final byte[] body;

        Page(String head, byte[] body) {
            this.head = head;
            this.body = body;
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /// Serves text without a variant.
    FrontEnd page(String path, String type, String text, String... headers) {
        return raw(path, head("200 OK", type, headers), text.getBytes(StandardCharsets.UTF_8));
    }

    FrontEnd script(String path, String text) {
        return page(path, "text/javascript", text, "Cache-Control: public, max-age=2678400");
    }

    /// Adds variants beside a script: real gzip, and something that only a browser can read.
    FrontEnd variants(String path, String text) {
        script(path, text);
        byte[] packed = gzip(text);
        raw(path + " gzip", head("200 OK", "text/javascript", "Content-Encoding: gzip"), packed);
        return raw(
                path + " br",
                head("200 OK", "text/javascript", "Content-Encoding: br"),
                ("brotli:" + text).getBytes(StandardCharsets.UTF_8));
    }

    FrontEnd status(String path, String status, String... headers) {
        return raw(path, head(status, "text/plain", headers), new byte[] {'n', 'o'});
    }

    FrontEnd raw(String path, String head, byte[] body) {
        pages.put(path, new Page(head, body));
        return this;
    }

    FrontEnd without(String path) {
        pages.remove(path);
        return this;
    }

    static String head(String status, String type, String... headers) {
        List<String> lines = new ArrayList<>(List.of(status, "Content-Type: " + type));
        lines.addAll(List.of(headers));
        return String.join("\r\n", lines);
    }

    static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /// Every request as it came, head and all.
    List<String> requests() {
        return List.copyOf(requests);
    }

    /// The targets that were asked for.
    List<String> targets() {
        return requests.stream().map(request -> request.split(" ", 3)[1]).toList();
    }

    /// From now on it closes every connection without a word.
    void goAway() {
        isAway = true;
    }

    void comeBack() {
        isAway = false;
    }

    /// From now on nobody is answered before [#release()].
    void hold() {
        isHeld = true;
    }

    void release() {
        isHeld = false;
        gate.release(1_000);
    }

    private void accept() {
        CountDownLatch closed = new CountDownLatch(1);
        while (closed.getCount() > 0) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException end) {
                closed.countDown();
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = readHead(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            requests.add(head);
            if (isHeld) {
                gate.acquire();
            }
            if (!isAway) {
                answer(head, client.getOutputStream());
            }
        } catch (IOException gone) {
            requests.add("- broken: " + gone.getMessage());
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int c = in.read();
        while (c >= 0) {
            bytes.write(c);
            if (bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
            c = in.read();
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private void answer(String head, OutputStream out) throws IOException {
        String path = head.split(" ", 3)[1];
        String encoding = header(head, "Accept-Encoding");
        Page missing = new Page(head("404 Not Found", "text/plain"), new byte[0]);
        Page page = pages.getOrDefault(path + " " + encoding, pages.getOrDefault(path, missing));
        String tag = header(page.head, "ETag");
        boolean isSame = !tag.isEmpty() && tag.equals(header(head, "If-None-Match"));
        String first = isSame ? "304 Not Modified\r\nETag: " + tag : page.head;
        byte[] body = isSame ? new byte[0] : page.body;
        boolean hasLength = !isSame && header(page.head, "Transfer-Encoding").isEmpty();
        String length = hasLength ? "Content-Length: " + body.length + "\r\n" : "";
        out.write(
                ("HTTP/1.1 " + first + "\r\n" + length + "Connection: close\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        release();
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
