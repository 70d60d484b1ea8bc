package dev.vestibule.http;

import java.util.List;

/// What one of our pages says and offers, without its look. Every text is escaped where it is
/// written, so parts may hold what strangers chose. Immutable.
///
/// @param title the heading, and the name of the browser's tab
/// @param parts from top to bottom
/// @param reference the number by which the operator finds the matching log line; empty text for
///   none
public record Page(String title, List<Part> parts, String reference) {

    public Page {
        parts = List.copyOf(parts);
    }

    public static Page of(String title, Part... parts) {
        return new Page(title, List.of(parts), "");
    }

    public Page withReference(String number) {
        return new Page(title, parts, number);
    }

    /// One element of a page.
    public sealed interface Part {

        record Paragraph(String text) implements Part {}

        /// What only some need to read.
        record Quiet(String text) implements Part {}

        /// Something that went wrong and that a screen reader should say at once.
        record Alert(String text) implements Part {}

        /// A value with its name, such as the address of a client.
        record Fact(String label, String value) implements Part {}

        /// A link that looks like a button.
        ///
        /// @param href a path of our own
        record Button(String label, String href) implements Part {}

        /// As [Button], for what is not what the page is for.
        ///
        /// @param href a path of our own
        record LesserButton(String label, String href) implements Part {}

        /// Several ways to go on.
        record Choices(List<Button> buttons) implements Part {
            public Choices {
                buttons = List.copyOf(buttons);
            }
        }

        /// A form with one question.
        ///
        /// @param action a path of our own
        record Form(String action, List<Hidden> hidden, Field field, String submit)
                implements Part {
            public Form {
                hidden = List.copyOf(hidden);
            }
        }

        /// A value that the form carries along.
        record Hidden(String name, String value) {}

        /// The question of a form.
        sealed interface Field permits CodeField, ChoiceField {}

        /// A short code to type.
        record CodeField(String name, String label) implements Field {}

        /// One button for each answer; the form has no other.
        record ChoiceField(String name, List<Option> options) implements Field {
            public ChoiceField {
                options = List.copyOf(options);
            }
        }

        /// One answer of a [ChoiceField].
        record Option(String value, String label) {}
    }
}
