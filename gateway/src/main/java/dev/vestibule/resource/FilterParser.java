package dev.vestibule.resource;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads filters and the paths of PATCH operations (RFC 7644 sections 3.4.2.2 and 3.5.2), by one
/// method for each rule of the grammar. It goes through the text once, and no deeper than
/// [ScimLimits#FILTER_DEPTH_MAX], so no text takes long or much.
///
/// Beyond the grammar it takes values without quotes, because authentik sends them.
final class FilterParser {

    private static final String DELIMITERS = "()[]\"";

    /// What follows the operator of a filter that is one comparison, if it is a value of several
    /// words: `userName eq Ada Lovelace`.
    private static final Pattern WORDS =
            Pattern.compile("(?i)(?!.*\\s(and|or)(\\s|$))[^()\\[\\]\"\\p{Cntrl}]+");

    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{4}");

    private final ResourceKind kind;
    private final String text;
    private final Function<String, ScimError> refusal;
    private int position;
    private int depth;
    private int terms;

    private FilterParser(ResourceKind kind, String text, Function<String, ScimError> refusal) {
        this.kind = kind;
        this.text = text;
        this.refusal = refusal;
        if (text.length() > ScimLimits.FILTER_LENGTH_MAX) {
            throw refusal.apply("longer than " + ScimLimits.FILTER_LENGTH_MAX + " characters");
        }
    }

    static Condition filter(ResourceKind kind, String text) {
        FilterParser parser =
                new FilterParser(
                        kind,
                        text,
                        detail -> ScimError.invalidFilter("The filter is " + detail + "."));
        Condition condition = parser.any(null);
        parser.end();
        return condition;
    }

    static PatchPath path(ResourceKind kind, String text) {
        FilterParser parser =
                new FilterParser(
                        kind, text, detail -> ScimError.invalidPath("The path is " + detail + "."));
        PatchPath path = parser.patchPath();
        parser.end();
        return path;
    }

    /// `PATH = attrPath / valuePath [subAttr]`
    private PatchPath patchPath() {
        AttributePath path = attributePath();
        if (!isNext('[')) {
            return PatchPath.to(path);
        }
        Condition condition = element(path);
        if (!isNext('.')) {
            return new PatchPath(path, condition, terms);
        }
        return new PatchPath(path.withPart(partName()), condition, terms);
    }

    /// `FILTER *( "or" FILTER )`, which binds least.
    ///
    /// @param parent whose elements the filter is about; null at the top of the document
    private Condition any(@Nullable AttributePath parent) {
        List<Condition> conditions = new ArrayList<>(List.of(all(parent)));
        while (takeKeyword("or")) {
            conditions.add(all(parent));
        }
        return conditions.size() == 1 ? conditions.getFirst() : new Condition.Any(conditions);
    }

    private Condition all(@Nullable AttributePath parent) {
        List<Condition> conditions = new ArrayList<>(List.of(one(parent)));
        while (takeKeyword("and")) {
            conditions.add(one(parent));
        }
        return conditions.size() == 1 ? conditions.getFirst() : new Condition.All(conditions);
    }

    /// `*1"not" "(" FILTER ")" / valuePath / attrExp`
    private Condition one(@Nullable AttributePath parent) {
        if (isNext('(')) {
            return inside('(', ')', parent);
        }
        int start = position;
        if (takeKeyword("not")) {
            if (isNext('(')) {
                return new Condition.Not(inside('(', ')', parent));
            }
            position = start;
        }
        AttributePath path = attributePath();
        return parent == null && isNext('[') ? valuePath(path) : expression(path, parent);
    }

    private Condition inside(char open, char close, @Nullable AttributePath parent) {
        take(open);
        if (++depth > ScimLimits.FILTER_DEPTH_MAX) {
            throw refusal.apply("deeper than " + ScimLimits.FILTER_DEPTH_MAX + " levels");
        }
        Condition condition = any(parent);
        depth--;
        take(close);
        return condition;
    }

    private Condition element(AttributePath path) {
        if (path.part() != null) {
            throw unreadable();
        }
        return inside('[', ']', path);
    }

    /// `emails[type eq "work"]`, also followed by `.value eq "x"` of the same element.
    private Condition valuePath(AttributePath path) {
        Condition condition = element(path);
        if (!isNext('.')) {
            return new Condition.Element(path, condition);
        }
        AttributePath part = new AttributePath(null, partName(), null);
        return new Condition.Element(
                path, new Condition.All(List.of(condition, expression(part, path))));
    }

    private String partName() {
        take('.');
        return AttributePath.parse(kind, word())
                .filter(path -> path.schema() == null && path.part() == null)
                .orElseThrow(this::unreadable)
                .name();
    }

    private AttributePath attributePath() {
        return AttributePath.parse(kind, word()).orElseThrow(this::unreadable);
    }

    /// `(attrPath SP "pr") / (attrPath SP compareOp SP compValue)`
    private Condition expression(AttributePath path, @Nullable AttributePath parent) {
        if (++terms > ScimLimits.FILTER_TERMS_MAX) {
            throw refusal.apply("made of more than " + ScimLimits.FILTER_TERMS_MAX + " terms");
        }
        if (takeKeyword("pr")) {
            return new Condition.Present(path);
        }
        Operator operator = Operator.of(word()).orElseThrow(this::unreadable);
        return compared(path, knownOf(path, parent), operator, literal());
    }

    private @Nullable Attribute knownOf(AttributePath path, @Nullable AttributePath parent) {
        if (parent == null) {
            return path.attribute(kind);
        }
        Attribute whole = parent.attribute(kind);
        return whole == null ? null : whole.part(path.name()).orElse(null);
    }

    private Condition compared(
            AttributePath path, @Nullable Attribute known, Operator operator, Literal literal) {
        if (known != null && known.isComplex()) {
            // members eq "u" means the part by which an element is known.
            Attribute value = known.part("value").orElseThrow(() -> partNeeded(path));
            return compared(path.withPart("value"), value, operator, literal);
        }
        if (operator.isOrdering() && !isOrdered(known, literal)) {
            throw refusal.apply("unable to order what " + path + " holds");
        }
        return new Condition.Compared(path, known, operator, literal);
    }

    private ScimError partNeeded(AttributePath path) {
        return refusal.apply("in need of a part of " + path.name());
    }

    /// Booleans and binary values have no order (RFC 7644 section 3.4.2.2, table 3).
    private static boolean isOrdered(@Nullable Attribute known, Literal literal) {
        if (known == null) {
            return literal.isOrdered();
        }
        return switch (known.type()) {
            case BOOLEAN, BINARY -> false;
            case DATE_TIME -> Comparison.instant(literal.text()).isPresent();
            case STRING, REFERENCE, COMPLEX -> literal.isOrdered();
        };
    }

    private Literal literal() {
        if (isNext('"')) {
            return Literal.quoted(quoted());
        }
        int start = position;
        String first = word();
        String rest = text.substring(start).strip();
        boolean isWholeFilter = terms == 1 && depth == 0;
        if (isWholeFilter && rest.length() > first.length() && WORDS.matcher(rest).matches()) {
            position = text.length();
            return Literal.quoted(rest);
        }
        return Literal.unquoted(first);
    }

    /// A string as JSON writes it (RFC 8259 section 7).
    private String quoted() {
        take('"');
        StringBuilder read = new StringBuilder();
        while (position < text.length()) {
            char next = text.charAt(position++);
            if (next == '"') {
                return storable(read.toString());
            }
            if (next < ' ') {
                throw unreadable();
            }
            read.append(next == '\\' ? escaped() : next);
        }
        throw unreadable();
    }

    /// A database may not take what no text that is kept can hold.
    private String storable(String read) {
        if (read.indexOf('\0') >= 0 || !Texts.isWhole(read)) {
            throw unreadable();
        }
        return read;
    }

    private char escaped() {
        if (position == text.length()) {
            throw unreadable();
        }
        char sign = text.charAt(position++);
        return switch (sign) {
            case '"', '\\', '/' -> sign;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit();
            default -> throw unreadable();
        };
    }

    private char codeUnit() {
        int end = position + 4;
        if (end > text.length()) {
            throw unreadable();
        }
        String digits = text.substring(position, end);
        if (!HEX.matcher(digits).matches()) {
            throw unreadable();
        }
        position = end;
        return (char) Integer.parseInt(digits, 16);
    }

    /// The next characters up to white space or one of the grammar's own signs.
    private String word() {
        skipSpace();
        int start = position;
        while (position < text.length()
                && !Character.isWhitespace(text.charAt(position))
                && DELIMITERS.indexOf(text.charAt(position)) < 0) {
            if (Character.isISOControl(text.charAt(position))) {
                throw unreadable();
            }
            position++;
        }
        if (position == start) {
            throw unreadable();
        }
        return text.substring(start, position);
    }

    private boolean takeKeyword(String keyword) {
        skipSpace();
        int end = position + keyword.length();
        boolean isThere =
                text.regionMatches(true, position, keyword, 0, keyword.length())
                        && (end == text.length()
                                || Character.isWhitespace(text.charAt(end))
                                || DELIMITERS.indexOf(text.charAt(end)) >= 0);
        if (isThere) {
            position = end;
        }
        return isThere;
    }

    private boolean isNext(char sign) {
        skipSpace();
        return position < text.length() && text.charAt(position) == sign;
    }

    private void take(char sign) {
        if (!isNext(sign)) {
            throw unreadable();
        }
        position++;
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private void end() {
        skipSpace();
        if (position < text.length()) {
            throw unreadable();
        }
    }

    private ScimError unreadable() {
        return refusal.apply(
                String.format(Locale.ROOT, "unreadable at character %d", position + 1));
    }
}
