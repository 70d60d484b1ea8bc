package dev.vestibule.http;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What one of our pages says and offers, without its look and its language. Every text is escaped
/// where it is written, so parts may hold what strangers chose. Immutable.
///
/// @param title the heading, and the name of the browser's tab
/// @param parts from top to bottom
/// @param reference the number by which the operator finds the matching log line; empty text for
///   none
public record Page(Text title, List<Part> parts, String reference) {

    public Page {
        parts = List.copyOf(parts);
    }

    public static Page of(Text title, Part... parts) {
        return new Page(title, List.of(parts), "");
    }

    /// One element of a page.
    public sealed interface Part {

        record Paragraph(Text text) implements Part {}

        /// What only some need to read.
        record Quiet(Text text) implements Part {}

        /// Something that went wrong and that a screen reader should say at once.
        record Alert(Text text) implements Part {}

        /// A heading within the page.
        record Heading(Text text) implements Part {}

        /// A value with its name, such as the address of a client.
        record Fact(Text label, Text value) implements Part {}

        /// A code to read aloud or to type somewhere else.
        record Code(Text label, String value) implements Part {}

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
                permits CodeField, ShortCodeField, TextField, PasswordField, ChoiceField {}

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

        /// A password that exists already.
        record PasswordField(String name, Text label) implements Field {}

        /// One button for each answer; the form has no other.
        record ChoiceField(String name, List<Option> options) implements Field {
            public ChoiceField {
                options = List.copyOf(options);
            }
        }

        /// One answer of a [ChoiceField].
        record Option(String value, Text label) {}
    }
}
