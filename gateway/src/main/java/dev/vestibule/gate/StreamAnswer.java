package dev.vestibule.gate;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;

import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/// Turns the head of an answer into the fields that open the answer on a stream of HTTP/2.
final class StreamAnswer {

    /// RFC 9113 section 8.2.2. A stream has other ways to say how it ends.
    private static final Set<AsciiString> OF_A_CONNECTION =
            Set.of(
                    AsciiString.cached("connection"),
                    AsciiString.cached("keep-alive"),
                    AsciiString.cached("proxy-connection"),
                    AsciiString.cached("transfer-encoding"),
                    AsciiString.cached("upgrade"));

    /// What is worth guessing, so that no table of the compression may hold it (RFC 7541 section
    /// 7.1.3).
    private static final Set<String> SECRET = Set.of("set-cookie", "location");

    private StreamAnswer() {}

    /// @param hsts the value of `Strict-Transport-Security`; empty text for none
    static Http2Headers fields(HttpResponse head, String hsts) {
        Http2Headers fields = new DefaultHttp2Headers(false);
        fields.status(head.status().codeAsText());
        Iterator<Map.Entry<CharSequence, CharSequence>> all = head.headers().iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = all.next();
            AsciiString name = AsciiString.of(field.getKey()).toLowerCase();
            if (!OF_A_CONNECTION.contains(name)) {
                fields.add(name, field.getValue());
            }
        }
        if (!hsts.isEmpty() && !isInterim(head)) {
            fields.set("strict-transport-security", hsts);
        }
        return fields;
    }

    static boolean isInterim(HttpResponse head) {
        return head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    static boolean isSecret(CharSequence name) {
        return SECRET.contains(name.toString());
    }
}
