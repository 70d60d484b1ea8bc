package dev.vestibule.http;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What one of our pages says and offers, without its look and its language. Every text is escaped
/// where it is written, so parts may hold what strangers chose. Immutable.
///
/// @param title the heading, and the name of the browser's tab
/// @param parts from top to bottom
/// @param reference the number by which the operator finds the matching log line; empty text for
///   none
/// @param places where a person may go from here; empty for a page that stands alone. A page with
///   places is as wide as the window, for tables
public record Page(Text title, List<Part> parts, String reference, List<Place> places) {

    public Page {
        parts = List.copyOf(parts);
        places = List.copyOf(places);
    }

    /// A page that stands alone.
    public Page(Text title, List<Part> parts, String reference) {
        this(title, parts, reference, List.of());
    }

    public static Page of(Text title, Part... parts) {
        return new Page(title, List.of(parts), "");
    }

    /// Whether it has a part that looks for news.
    public boolean hasNews() {
        return parts.stream().anyMatch(Part.News.class::isInstance);
    }

    /// A page beside this one.
    ///
    /// @param href a path of our own
    /// @param isHere whether this page is there, or below it
    public record Place(Text label, String href, boolean isHere) {}

    /// One element of a page.
    public sealed interface Part {

        record Paragraph(Text text) implements Part {}

        /// What only some need to read.
        record Quiet(Text text) implements Part {}

        /// Something that went wrong and that a screen reader should say at once.
        record Alert(Text text) implements Part {}

        /// Something that went well and that a screen reader should say when it has time.
        record Notice(Text text) implements Part {}

        /// A heading within the page.
        record Heading(Text text) implements Part {}

        /// A value with its name, such as the address of a client.
        record Fact(Text label, Text value) implements Part {}

        /// Values with their names, side by side where there is room.
        record Facts(List<Named> values) implements Part {
            public Facts {
                values = List.copyOf(values);
            }
        }

        /// One of [Facts].
        record Named(Text name, Cell value) {}

        /// @param name what it lists, for whoever does not see it
        /// @param columns their headings, as many as each row has cells; [Text#nothing()] where the
        ///   cells speak for themselves
        /// @param empty said in its place where there is no row
        record Table(Text name, List<Text> columns, List<List<Cell>> rows, Text empty)
                implements Part {
            public Table {
                columns = List.copyOf(columns);
                rows = rows.stream().map(List::copyOf).toList();
                for (List<Cell> row : rows) {
                    if (row.size() != columns.size()) {
                        throw new IllegalArgumentException(
                                row.size() + " cells under " + columns.size() + " columns");
                    }
                }
            }
        }

        /// Links to the page before and the page after, of a list that is too long for one.
        ///
        /// @param previous a path of our own
        /// @param next a path of our own
        record Pager(Optional<String> previous, Optional<String> next) implements Part {
            public static final Text NAME = Messages.text("page.pager");
            public static final Text PREVIOUS = Messages.text("page.previous");
            public static final Text NEXT = Messages.text("page.next");
        }

        /// A form that asks for less of a list, by GET.
        ///
        /// @param action a path of our own, without a query: the browser replaces it
        record Search(String action, List<Hidden> hidden, List<SearchField> fields, Text submit)
                implements Part {
            public Search {
                hidden = List.copyOf(hidden);
                fields = List.copyOf(fields);
            }

            public Search(String action, List<SearchField> fields, Text submit) {
                this(action, List.of(), fields, submit);
            }
        }

        /// A part of the page that looks for news by itself; without scripts it is what it was when
        /// the page was opened.
        ///
        /// @param id by which the part is found in the page that is asked for anew
        /// @param href the page itself, as a path of our own
        record News(String id, String href, List<Part> parts) implements Part {
            public News {
                parts = List.copyOf(parts);
            }
        }

        /// Takes the place of [News] in the page that looked for it, and looks for none.
        record NoNews(String id, List<Part> parts) implements Part {
            public NoNews {
                parts = List.copyOf(parts);
            }
        }

        /// What a [Table] or [Facts] shows in one place.
        sealed interface Cell {

            record Words(Text text) implements Cell {}

            /// @param href a path of our own
            record Link(Text label, String href) implements Cell {}

            record Moment(Instant at) implements Cell {}

            record Badge(Text label, Tone tone) implements Cell {}

            /// A value that is read letter by letter: an id, an address, a hash.
            record Literal(String value) implements Cell {}

            /// A small form of one button.
            record Act(String action, List<Hidden> hidden, Text label, Tone tone) implements Cell {
                public Act {
                    hidden = List.copyOf(hidden);
                }
            }

            /// One below the other.
            record Several(List<Cell> cells) implements Cell {
                public Several {
                    cells = List.copyOf(cells);
                }
            }

            static Cell words(Text text) {
                return new Words(text);
            }

            static Cell nothing() {
                return new Words(Text.nothing());
            }
        }

        /// How something is meant. Never said by colour alone.
        enum Tone {
            PLAIN,
            GOOD,
            WARNING,
            /// Of a button: what cannot be undone.
            DANGER;

            /// As the style sheet calls it.
            public String style() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /// A question of a [Search].
        sealed interface SearchField permits WordsField, DayField, SelectField {}

        /// @param value what was asked for
        record WordsField(String name, Text label, String value) implements SearchField {}

        /// A day, as the browser lets one choose it.
        ///
        /// @param value such as `2026-11-26`; empty text for none
        record DayField(String name, Text label, String value) implements SearchField {}

        /// One of several, where they are too many for buttons.
        ///
        /// @param selected the value that is chosen at first
        record SelectField(String name, Text label, List<Option> options, String selected)
                implements SearchField, Field {
            public SelectField {
                options = List.copyOf(options);
            }
        }

        /// A code to read aloud or to type somewhere else.
        record Code(Text label, String value) implements Part {}

        /// Lines to read as they are written, such as those of a file.
        ///
        /// @param name what it is, for whoever does not see it
        record Listing(Text name, String lines) implements Part {}

        /// A picture of our own making.
        ///
        /// @param source a path of our own, or a `data:` address
        /// @param description for whoever does not see it
        record Picture(String source, Text description) implements Part {}

        /// A link that looks like a button.
        ///
        /// @param href a path of our own
        record Button(Text label, String href) implements Part {}

        /// As [Button], for what is not what the page is for.
        ///
        /// @param href a path of our own
        record LesserButton(Text label, String href) implements Part {}

        /// A link that looks like a button and opens in another window: the web views of some apps
        /// hand that to the system's browser.
        ///
        /// @param href a path of our own
        record LeavingButton(Text label, String href) implements Part {}

        /// Several ways to go on.
        record Choices(List<Button> buttons) implements Part {
            public Choices {
                buttons = List.copyOf(buttons);
            }
        }

        /// A form that posts.
        ///
        /// @param action a path of our own
        /// @param fields its questions, from top to bottom
        /// @param submit what the button says; [Text#nothing()] where the answers are buttons
        ///   themselves
        record Form(String action, List<Hidden> hidden, List<Field> fields, Text submit)
                implements Part {
            public Form {
                hidden = List.copyOf(hidden);
                fields = List.copyOf(fields);
            }

            public Form(String action, List<Hidden> hidden, Field field, Text submit) {
                this(action, hidden, List.of(field), submit);
            }
        }

        /// A part of the page that only our own script brings to life. Without scripts, and in
        /// browsers that lack what it needs, the page shows what stands in for it.
        ///
        /// @param script the name of an asset of ours
        /// @param id by which the script finds its place
        /// @param data what it needs to know, by name: hidden elements with `data-name`
        /// @param instead shown while the script has not run
        record Live(String script, String id, Map<String, Text> data, List<Part> instead)
                implements Part {
            public Live {
                data = Collections.unmodifiableMap(new TreeMap<>(data));
                instead = List.copyOf(instead);
            }
        }

        /// A value that the form carries along.
        record Hidden(String name, String value) {}

        /// A question of a form.
        sealed interface Field
                permits CodeField,
                        ShortCodeField,
                        TextField,
                        LinesField,
                        PasswordField,
                        AnswerField,
                        SecretField,
                        ChoiceField,
                        SelectField {}

        /// A short code to type.
        record CodeField(String name, Text label) implements Field {}

        /// A short code of ours, of letters and digits, that another screen shows. It takes no
        /// focus by itself: a keyboard would hide the page that says where the code comes from.
        record ShortCodeField(String name, Text label) implements Field {}

        /// One line of text.
        ///
        /// @param autocomplete what the browser may fill in, such as `username` (HTML section
        ///   4.10.18.7); `off` for nothing
        record TextField(String name, Text label, String autocomplete) implements Field {}

        /// Several lines of text, or none.
        ///
        /// @param value what stands there at first
        record LinesField(String name, Text label, String value) implements Field {}

        /// A password that exists already.
        record PasswordField(String name, Text label) implements Field {}

        /// One line of text of a question that was perhaps answered before, and not well.
        ///
        /// @param value what stands there at first
        /// @param help what to write, below the line; [Text#nothing()] for none
        /// @param problem what is wrong with the value; [Text#nothing()] where nothing is
        record AnswerField(
                String name, Text label, String value, Text help, Text problem, boolean isRequired)
                implements Field {}

        /// As [AnswerField], for what nobody may see while it is typed; it is never shown again.
        ///
        /// @param autocomplete as in [TextField]
        record SecretField(
                String name,
                Text label,
                String autocomplete,
                Text help,
                Text problem,
                boolean isRequired)
                implements Field {}

        /// One button for each answer; the form has no other.
        ///
        /// @param lesser answers that are not what the page is for, below the others
        record ChoiceField(String name, List<Option> options, List<Option> lesser)
                implements Field {
            public ChoiceField {
                options = List.copyOf(options);
                lesser = List.copyOf(lesser);
            }

            public ChoiceField(String name, List<Option> options) {
                this(name, options, List.of());
            }
        }

        /// One answer of a [ChoiceField].
        record Option(String value, Text label) {}
    }
}
