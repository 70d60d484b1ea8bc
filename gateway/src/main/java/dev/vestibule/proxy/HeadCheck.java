package dev.vestibule.proxy;

import io.netty.buffer.ByteBuf;

/// Looks at the bytes of a message's head before anybody parses them, and refuses what parsers
/// repair in different ways: bare line feeds, folded header lines, a request line with other blanks
/// than its two spaces (RFC 9112 sections 2.2, 3 and 5.2). One per connection; reset it for each
/// message. Every byte is looked at once, however slowly it comes.
public final class HeadCheck {

    private static final int LINES_MAX = 128;

    private final int firstLineMax;
    private final int headMax;
    private final boolean isForRequests;
    private int scanned;
    private int lineStart;
    private int lines;

    /// @param firstLineMax bytes of the request or status line
    /// @param headMax bytes of the whole head
    public HeadCheck(int firstLineMax, int headMax, boolean isForRequests) {
        this.firstLineMax = firstLineMax;
        this.headMax = headMax;
        this.isForRequests = isForRequests;
    }

    /// What the bytes so far are.
    public enum Verdict {
        /// More must come.
        INCOMPLETE,
        /// The head is whole, and can be read in one way only.
        COMPLETE,
        /// It can be read in two ways.
        AMBIGUOUS,
        FIRST_LINE_TOO_LONG,
        HEAD_TOO_LARGE
    }

    public void reset() {
        scanned = 0;
        lineStart = 0;
        lines = 0;
    }

    /// Looks at what came since the last call. The buffer's reader index must stand at the
    /// beginning of the message.
    public Verdict check(ByteBuf in) {
        int start = in.readerIndex();
        int end = in.writerIndex();
        while (true) {
            int feed = in.indexOf(start + scanned, end, (byte) '\n');
            if (feed < 0) {
                scanned = end - start;
                return limits(scanned);
            }
            scanned = feed + 1 - start;
            Verdict verdict = line(in, start + lineStart, feed);
            if (verdict != Verdict.INCOMPLETE) {
                return verdict;
            }
            lineStart = scanned;
            lines++;
        }
    }

    private Verdict limits(int length) {
        if (lines == 0 && length > firstLineMax) {
            return Verdict.FIRST_LINE_TOO_LONG;
        }
        return length > headMax || lines > LINES_MAX ? Verdict.HEAD_TOO_LARGE : Verdict.INCOMPLETE;
    }

    private Verdict line(ByteBuf in, int from, int feed) {
        int length = feed - 1 - from;
        if (length < 0 || in.getByte(feed - 1) != '\r') {
            return Verdict.AMBIGUOUS;
        }
        if (length == 0) {
            return lines == 0 ? Verdict.AMBIGUOUS : Verdict.COMPLETE;
        }
        byte first = in.getByte(from);
        if (first == ' ' || first == '\t') {
            return Verdict.AMBIGUOUS;
        }
        if (lines == 0 && isForRequests && !isRequestLine(in, from, feed - 1)) {
            return limits(length) == Verdict.INCOMPLETE
                    ? Verdict.AMBIGUOUS
                    : Verdict.FIRST_LINE_TOO_LONG;
        }
        return limits(scanned);
    }

    /// Visible characters and exactly two spaces.
    private static boolean isRequestLine(ByteBuf in, int from, int end) {
        int spaces = 0;
        for (int i = from; i < end; i++) {
            byte b = in.getByte(i);
            if (b == ' ') {
                spaces++;
            } else if (b < ' ' || b == 127) {
                return false;
            }
        }
        return spaces == 2;
    }
}
